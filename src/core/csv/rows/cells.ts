/** The texts of a column: each different text once, and its index for each row. */
export interface Cells {
  readonly texts: readonly string[];
  /** The number of rows with each text. */
  readonly counts: readonly number[];
  /** An index into `texts` for each row. */
  readonly codes: Int32Array;
}

/** Collects the texts of a column row by row. */
export class CellsBuilder {
  readonly #indices = new Map<string, number>();
  readonly #counts: number[] = [];
  #codes = new Int32Array(64);
  #rows = 0;

  add(text: string): void {
    let index = this.#indices.get(text);
    if (index === undefined) {
      index = this.#counts.push(0) - 1;
      this.#indices.set(text, index);
    }
    this.#counts[index] = (this.#counts[index] as number) + 1;
    if (this.#rows === this.#codes.length) {
      const larger = new Int32Array(2 * this.#rows);
      larger.set(this.#codes);
      this.#codes = larger;
    }
    this.#codes[this.#rows++] = index;
  }

  cells(): Cells {
    return { texts: [...this.#indices.keys()], counts: this.#counts, codes: this.#codes.slice(0, this.#rows) };
  }
}
