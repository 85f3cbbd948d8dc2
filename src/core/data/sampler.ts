import type { LiveSettings, Recipe } from "../recipe/recipe";

/** The row order of an epoch, counted from 0. A permutation is a new array in each call; the identity may be shared. */
export type OrderOf = (epoch: number, shuffled: boolean) => Uint32Array;

/** The position of a sampler, as a checkpoint stores it. */
export interface SamplerPosition {
  /** The current epoch, counted from 0; an epoch begins with its first minibatch. */
  readonly epoch: number;
  /** The number of rows of this epoch that were used. */
  readonly position: number;
  /** Whether the rows of this epoch are shuffled. */
  readonly shuffled: boolean;
  /** The number of minibatches of this epoch that were used. */
  readonly batches: number;
}

/** The rows of one minibatch: `count` entries of `order` from `start`. */
export interface Rows {
  order: Uint32Array;
  start: number;
  count: number;
}

/** Divides the rows of each epoch into minibatches of `batchSize` consecutive rows of its order; the last one may be smaller. */
export class Sampler {
  readonly #rows: number;
  readonly #orderOf: OrderOf;
  #order: Uint32Array = new Uint32Array(0);
  #epoch = 0;
  #position = 0;
  #shuffled = false;
  #batches = 0;
  /** The order of an epoch that `peek` has looked at and that has not begun yet. */
  #ahead: { readonly epoch: number; readonly shuffled: boolean; readonly order: Uint32Array } | null = null;

  constructor(rows: number, orderOf: OrderOf) {
    this.#rows = rows;
    this.#orderOf = orderOf;
  }

  /** The epoch of the last minibatch, counted from 0. */
  get epoch(): number {
    return this.#epoch;
  }

  get position(): number {
    return this.#position;
  }

  get shuffled(): boolean {
    return this.#shuffled;
  }

  /** The number of minibatches of this epoch that were used, with the last one. */
  get batches(): number {
    return this.#batches;
  }

  /**
   * Writes the next minibatch to `into`.
   *
   * @param shuffle has an effect on the first minibatch of an epoch only
   */
  next<R extends Rows>(batchSize: number, shuffle: boolean, into: R): R {
    if (this.#position === this.#rows) {
      this.#epoch++;
      this.#position = 0;
      this.#batches = 0;
    }
    if (this.#position === 0) {
      this.#shuffled = shuffle;
      this.#order = this.#lookUp(this.#epoch, shuffle);
      this.#ahead = null;
    }
    into.order = this.#order;
    into.start = this.#position;
    into.count = Math.min(batchSize, this.#rows - this.#position);
    this.#position += into.count;
    this.#batches++;
    return into;
  }

  /**
   * Writes the minibatch that `next` would give for these settings to `into`, and stays at its position. The row order of an
   * epoch that begins with this minibatch is kept for `next`.
   */
  peek<R extends Rows>(batchSize: number, shuffle: boolean, into: R): R {
    const ends = this.#position === this.#rows;
    const start = ends ? 0 : this.#position;
    if (start > 0) into.order = this.#order;
    else {
      const epoch = ends ? this.#epoch + 1 : this.#epoch;
      into.order = this.#lookUp(epoch, shuffle);
      this.#ahead = { epoch, shuffled: shuffle, order: into.order };
    }
    into.start = start;
    into.count = Math.min(batchSize, this.#rows - start);
    return into;
  }

  /** The row order of an epoch, computed unless `peek` has kept it. */
  #lookUp(epoch: number, shuffled: boolean): Uint32Array {
    const ahead = this.#ahead;
    return ahead?.epoch === epoch && ahead.shuffled === shuffled ? ahead.order : this.#orderOf(epoch, shuffled);
  }

  save(): SamplerPosition {
    return { epoch: this.#epoch, position: this.#position, shuffled: this.#shuffled, batches: this.#batches };
  }

  restore({ epoch, position, shuffled, batches }: SamplerPosition): void {
    this.#epoch = epoch;
    this.#position = position;
    this.#shuffled = shuffled;
    this.#batches = batches;
    if (position > 0) this.#order = this.#orderOf(epoch, shuffled);
  }
}

/** For each epoch that begins within the first `steps` steps of a recipe: whether its rows are shuffled. */
export function epochShuffling(recipe: Recipe, rows: number, steps: number): boolean[] {
  const shuffling: boolean[] = [];
  takeSteps(recipe, rows, steps, ({ epoch, shuffled }) => {
    shuffling[epoch] = shuffled;
  });
  return shuffling;
}

/**
 * For each epoch whose first minibatch judges the step before the epoch: whether its rows are shuffled under the settings of that
 * step. The epoch may begin otherwise, or after the first `steps` steps.
 */
export function shufflingAhead(recipe: Recipe, rows: number, steps: number): Map<number, boolean> {
  const ahead = new Map<number, boolean>();
  takeSteps(recipe, rows, steps, ({ epoch, position }, { shuffle }, { count }) => {
    if (position === rows && count < rows) ahead.set(epoch + 1, shuffle);
  });
  return ahead;
}

/** Calls `visit` for each of the first `steps` steps of a recipe, after the sampler has given its minibatch. */
function takeSteps(
  recipe: Recipe,
  rows: number,
  steps: number,
  visit: (sampler: Sampler, settings: LiveSettings, batch: Rows) => void,
): void {
  const batch = { order: new Uint32Array(0), start: 0, count: 0 };
  const sampler = new Sampler(rows, () => batch.order);
  let now: LiveSettings = recipe;
  let next = 0;
  for (let step = 1; step <= steps; step++) {
    for (let edit = recipe.edits[next]; edit && edit.step <= step; edit = recipe.edits[++next])
      now = { ...now, ...edit };
    visit(sampler, now, sampler.next(now.batchSize, now.shuffle, batch));
  }
}
