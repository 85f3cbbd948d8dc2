import type { Table } from "../data/table";
import { columnsOf } from "./columnTypes";
import { decodeText } from "./decodeText";
import { readCsv } from "./rows/readCsv";
import type { Sheet } from "./rows/sheet";
import { type Summary, summaryOf } from "./summary";
import { type Target, tableOf } from "./tableOf";
import type { Choices } from "./values/readings";

/** One CSV file: read once, then typed again with each answer to its questions. */
export interface CsvReader {
  /**
   * @param onProgress receives the fraction of the file that has been read
   * @throws InputError that names row and column
   */
  open(bytes: Uint8Array, onProgress?: (fraction: number) => void): Promise<Summary>;
  /** The columns with other readings of numbers and dates. */
  choose(choices: Choices): Promise<Summary>;
  /** @throws InputError where the column cannot be this target */
  table(name: string, target: Target): Promise<Table>;
}

/** The share of the rows in the time of reading a file; the rest is that of the numbers and dates. */
const rowsShare = 0.6;

export function createCsvReader(): CsvReader {
  let sheet: Sheet | null = null;
  let columns: ReturnType<typeof columnsOf> | null = null;
  function typed(choices: Choices): Summary {
    if (!sheet) throw new Error("No CSV file has been read.");
    columns = columnsOf(sheet, choices);
    return summaryOf(columns);
  }
  return {
    async open(bytes, onProgress) {
      sheet = readCsv(decodeText(bytes), (fraction) => onProgress?.(rowsShare * fraction));
      return typed({});
    },
    choose: async (choices) => typed(choices),
    async table(name, target) {
      if (!columns) throw new Error("No CSV file has been read.");
      return tableOf(name, columns, target);
    },
  };
}
