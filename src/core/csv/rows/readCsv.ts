import Papa from "papaparse";
import { preambleOf } from "./comments";
import { plainText, withoutBlanksBeforeQuotes } from "./plainText";
import { type Sheet, SheetBuilder } from "./sheet";

/** In the order of preference where two delimiters fit: a comma comes last because it may be part of a number. */
const delimiters = ["\t", ";", "|", ","] as const;
/** The number of rows that determine the delimiter. */
const sampleRows = 100;
/** The length of the parts of a text after which the progress is reported. */
const chunkSize = 2 ** 20;

/**
 * Divides a CSV into rows and columns, with quoting as in RFC 4180. The delimiter is detected, or set by a first line such as
 * `sep=;`. Blank rows and comment lines are ignored. A first row of values is data, not a header.
 *
 * @param onProgress receives the fraction that has been read
 * @throws InputError that names row and column
 */
export function readCsv(text: string, onProgress?: (fraction: number) => void): Sheet {
  const plain = plainText(text);
  const preamble = preambleOf(plain.body);
  const rest = plain.body.slice(preamble.length);
  const delimiter = plain.delimiter ?? detectDelimiter(rest);
  const body = withoutBlanksBeforeQuotes(rest, delimiter);
  const builder = new SheetBuilder(delimiter, preamble, plain.skippedLines + preamble.lines + 1);
  // The types of Papa Parse allow chunks for files only; a text is read in chunks without a pause.
  Papa.parse<string[]>(body as unknown as Papa.LocalFile, {
    delimiter,
    newline: "\n",
    chunkSize,
    chunk: ({ data, errors, meta }) => {
      builder.add(data, errors);
      onProgress?.(meta.cursor / body.length);
    },
    complete: () => {},
  });
  return builder.sheet();
}

/** The delimiter with which most of the first rows have the same number of columns, at least two, as the first row. */
function detectDelimiter(text: string): string {
  let [best, bestFraction] = [",", 0];
  for (const delimiter of delimiters) {
    const { data } = Papa.parse<string[]>(text, {
      delimiter,
      newline: "\n",
      preview: sampleRows,
      skipEmptyLines: "greedy",
    });
    const width = data[0]?.length ?? 0;
    const fraction = width < 2 ? 0 : data.filter((row) => row.length === width).length / data.length;
    if (fraction > bestFraction) [best, bestFraction] = [delimiter, fraction];
  }
  return best;
}
