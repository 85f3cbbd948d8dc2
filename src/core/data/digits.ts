import type { Table, TableRows } from "./table";
import { splitRows } from "./table";

/** Pixels of a digit, and the greys that each can be. */
const [pixels, greys] = [28 * 28, 15];
const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * Hand-written digits from their file: gzip of N labels, a byte each, and N × 784 pixels, two a byte, the first in the upper
 * half; 15 is ink. Pixels are standardised by the mean and the deviation of all training pixels: a pixel at the rim, which
 * is always white, has none of its own.
 *
 * @throws Error where the file is damaged
 */
export async function digitsOf(file: Uint8Array<ArrayBuffer>): Promise<Table> {
  const unzipped = new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(unzipped).arrayBuffer());
  const count = bytes.length / (1 + pixels / 2);
  if (!Number.isInteger(count)) throw new Error("The file of the digits is damaged.");
  const packed = bytes.subarray(count);
  const pixel = (at: number): number => ((packed[at >> 1] as number) >> (at % 2 === 0 ? 4 : 0)) & greys;

  const { train, held } = splitRows(count);
  let [sum, squares] = [0, 0];
  for (const row of train) {
    for (let k = row * pixels; k < (row + 1) * pixels; k++) {
      sum += pixel(k);
      squares += pixel(k) ** 2;
    }
  }
  const size = train.length * pixels;
  const mean = sum / size;
  const deviation = Math.sqrt(squares / size - mean * mean);

  function rowsOf(places: Uint32Array): TableRows {
    const x = new Float32Array(places.length * pixels);
    const y = new Float32Array(places.length * classes.length);
    places.forEach((row, r) => {
      for (let k = 0; k < pixels; k++) x[r * pixels + k] = (pixel(row * pixels + k) - mean) / deviation;
      y[r * classes.length + (bytes[row] as number)] = 1;
    });
    return { rows: places.length, x, y };
  }
  return {
    name: "digits",
    loss: "cross-entropy",
    inputs: pixels,
    outputs: classes.length,
    train: rowsOf(train),
    held: rowsOf(held),
    target: "digit",
    deviation: null,
    classes,
    notes: [],
  };
}
