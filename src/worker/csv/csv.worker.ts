import { expose, transfer } from "comlink";
import { type CsvReader, createCsvReader } from "../../core/csv/reader";

const reader = createCsvReader();

expose({
  ...reader,
  table: async (name, target) => {
    const table = await reader.table(name, target);
    const parts = table.held ? [table.train, table.held] : [table.train];
    return transfer(
      table,
      parts.flatMap(({ x, y }) => [x.buffer, y.buffer]),
    );
  },
} satisfies CsvReader);
