import { del, get } from "idb-keyval";
import type { Table } from "../../core/data/table";
import type { Case } from "../../core/files/case";
import { refOf, storeData } from "./dataStore";
import { readLatest, writeEntry, writeLatest } from "./entries";

/** The names under which earlier versions of the page stored the last run and the last CSV of all tabs. */
const [runKey, csvKey] = ["alphascope-run", "alphascope-csv"];

/** Moves the run stored by an earlier version of the page to the entry of a closed tab. Rejects where the browser forbids storage. */
export async function adoptEarlierRun(): Promise<void> {
  const text = localStorage.getItem(runKey);
  if (text === null) return;
  const { link, step, given = null } = JSON.parse(text);
  const data: { id: string; case: Case | null; table?: Table | null } | null =
    given === null ? null : ((await get(runKey)) ?? null);
  // Another tab may have replaced the data of the run.
  if (given === null || data?.id === given) {
    const [table, from] = [data?.table ?? null, data?.case ?? null];
    for (const one of [table, from]) if (one && !(await storeData(one))) return;
    const run = { link, step, table: table && refOf(table), case: from && refOf(from), pinned: [] };
    if (!writeEntry("earlier", { run })) return;
  }
  localStorage.removeItem(runKey);
  await del(runKey);
}

/** Makes the CSV stored by an earlier version of the page the CSV opened last. Rejects where the browser forbids storage. */
export async function adoptEarlierCsv(): Promise<void> {
  if (readLatest()) return;
  const table: Table | undefined = await get(csvKey);
  if (!table || !(await storeData(table)) || !writeLatest(refOf(table))) return;
  await del(csvKey);
}
