/** The texts of a column, and the index of its text for each row. Most texts occur once; in long columns some may be repeated. */
export interface Cells {
  readonly texts: readonly string[];
  /** The number of rows with each text. */
  readonly counts: readonly number[];
  /** An index into `texts` for each row. */
  readonly codes: Int32Array;
}

/** From this number of texts on, a column in which most rows have a new text is no longer searched for equal texts. */
const searched = 4096;

/** Collects the texts of a column row by row. */
export class CellsBuilder {
  #indices: Map<string, number> | null = new Map();
  readonly #texts: string[] = [];
  readonly #counts: number[] = [];
  #codes = new Int32Array(64);
  #rows = 0;

  add(text: string): void {
    let index = this.#indices?.get(text);
    if (index === undefined) {
      index = this.#texts.push(text) - 1;
      this.#counts.push(1);
      this.#indices?.set(text, index);
      if (index > searched && 2 * index > this.#rows) this.#indices = null;
    } else {
      this.#counts[index] = (this.#counts[index] as number) + 1;
    }
    if (this.#rows === this.#codes.length) {
      const larger = new Int32Array(2 * this.#rows);
      larger.set(this.#codes);
      this.#codes = larger;
    }
    this.#codes[this.#rows++] = index;
  }

  cells(): Cells {
    return { texts: this.#texts, counts: this.#counts, codes: this.#codes.slice(0, this.#rows) };
  }
}
