import type { Table, TableRows } from "./table";
import { splitRows } from "./table";

/** Pixels of a digit, and the largest grey value: a pixel has 4 bits. */
const [pixels, maxGrey] = [28 * 28, 15];
const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * The table of hand-written digits. The file is gzip of N labels, one per byte, and N × 784 pixels, two per byte, the first in
 * the upper four bits; 15 is black. Pixels are standardised with one mean and one standard deviation for all training
 * pixels, because a pixel at the border is constant.
 *
 * @throws Error where the file is damaged
 */
export async function digitsOf(file: Uint8Array<ArrayBuffer>): Promise<Table> {
  const unzipped = new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(unzipped).arrayBuffer());
  const count = bytes.length / (1 + pixels / 2);
  if (!Number.isInteger(count)) throw new Error("The file of the dataset digits is damaged.");
  const packed = bytes.subarray(count);
  const pixel = (at: number): number => ((packed[at >> 1] as number) >> (at % 2 === 0 ? 4 : 0)) & maxGrey;

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

  function rowsOf(indices: Uint32Array): TableRows {
    const x = new Float32Array(indices.length * pixels);
    const y = new Float32Array(indices.length * classes.length);
    indices.forEach((row, r) => {
      for (let k = 0; k < pixels; k++) x[r * pixels + k] = (pixel(row * pixels + k) - mean) / deviation;
      y[r * classes.length + (bytes[row] as number)] = 1;
    });
    return { rows: indices.length, x, y };
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
