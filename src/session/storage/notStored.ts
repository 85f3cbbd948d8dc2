import type { Table } from "../../core/data/table";
import type { NoticeOptions } from "../state";
import type { Tables } from "./tables";

/** The text and the event of a notice that a reload loses data. @param lost the data, such as a file's name */
export function notStored(lost: string): [text: string, options: NoticeOptions] {
  return [`A reload loses ${lost}: the storage of this browser is blocked or full.`, { about: "not stored" }];
}

/** Makes a table the CSV of this tab; a notice says so where it is not stored. */
export async function keepTable(
  tables: Pick<Tables, "keep">,
  table: Table,
  notify: (kind: "info", text: string, options: NoticeOptions) => void,
): Promise<void> {
  if (!(await tables.keep(table))) notify("info", ...notStored(table.name));
}
