import type { LiveSettings, Recipe } from "../recipe/recipe";

/** The order of an epoch's rows; a permutation is a new array each time, the identity may be shared. */
export type OrderOf = (epoch: number, shuffled: boolean) => Uint32Array;

/** Where a sampler stands. */
export interface Place {
  /** The epoch under way, counted from 0; the next one begins when a row of it is taken. */
  readonly epoch: number;
  /** The first of its rows not yet taken; the number of rows when all are. */
  readonly position: number;
  /** Whether its order was drawn shuffled. */
  readonly shuffled: boolean;
  /** Batches taken from it. */
  readonly batches: number;
}

/** The rows of one minibatch: `count` entries of `order` from `start`. */
export interface Rows {
  order: Uint32Array;
  start: number;
  count: number;
}

/** Rows → batches. A batch is the next `batchSize` rows of the epoch; what is left at its end is a short batch. */
export class Sampler {
  readonly #rows: number;
  readonly #orderOf: OrderOf;
  #order: Uint32Array = new Uint32Array(0);
  #epoch = 0;
  #position = 0;
  #shuffled = false;
  #batches = 0;

  constructor(rows: number, orderOf: OrderOf) {
    this.#rows = rows;
    this.#orderOf = orderOf;
  }

  /** The epoch of the last batch. */
  get epoch(): number {
    return this.#epoch;
  }

  get position(): number {
    return this.#position;
  }

  get shuffled(): boolean {
    return this.#shuffled;
  }

  /** Batches taken from the epoch under way, the last one included. */
  get batches(): number {
    return this.#batches;
  }

  /**
   * Fills `into` with the next batch.
   *
   * @param shuffle looked at only when an epoch begins
   */
  next<R extends Rows>(batchSize: number, shuffle: boolean, into: R): R {
    if (this.#position === this.#rows) {
      this.#epoch++;
      this.#position = 0;
      this.#batches = 0;
    }
    if (this.#position === 0) {
      this.#shuffled = shuffle;
      this.#order = this.#orderOf(this.#epoch, shuffle);
    }
    into.order = this.#order;
    into.start = this.#position;
    into.count = Math.min(batchSize, this.#rows - this.#position);
    this.#position += into.count;
    this.#batches++;
    return into;
  }

  save(): Place {
    return { epoch: this.#epoch, position: this.#position, shuffled: this.#shuffled, batches: this.#batches };
  }

  restore({ epoch, position, shuffled, batches }: Place): void {
    this.#epoch = epoch;
    this.#position = position;
    this.#shuffled = shuffled;
    this.#batches = batches;
    if (position > 0) this.#order = this.#orderOf(epoch, shuffled);
  }
}

/** For every epoch that a recipe's first `steps` steps begin: whether its rows are shuffled. */
export function epochShuffling(recipe: Recipe, rows: number, steps: number): boolean[] {
  const begun: boolean[] = [];
  const batch = { order: new Uint32Array(0), start: 0, count: 0 };
  const sampler = new Sampler(rows, (_, shuffled) => {
    begun.push(shuffled);
    return batch.order;
  });
  let now: LiveSettings = recipe;
  let next = 0;
  for (let step = 1; step <= steps; step++) {
    for (let edit = recipe.edits[next]; edit && edit.step <= step; edit = recipe.edits[++next])
      now = { ...now, ...edit };
    sampler.next(now.batchSize, now.shuffle, batch);
  }
  return begun;
}
