import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { columnsOf } from "../../../src/core/csv/columnTypes";
import { tableOf } from "../../../src/core/csv/tableOf";
import { digitsOf } from "../../../src/core/data/digits";
import { type ShippedSet, shippedSets } from "../../../src/core/data/shipped";
import type { Table } from "../../../src/core/data/table";

export function dataFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(resolve(import.meta.dirname, "../../../public/data", name)));
}

/** A shipped set, from its file. */
export async function shippedTable(set: ShippedSet): Promise<Table> {
  const file = dataFile(shippedSets[set].file);
  if (set === "digits") return digitsOf(file);
  const columns = columnsOf(new TextDecoder().decode(file));
  const column = columns.columns.length - 1;
  return tableOf(set, columns, { column, as: set === "cars" ? "number" : "class" });
}
