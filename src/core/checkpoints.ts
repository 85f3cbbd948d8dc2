/** Everything the trainer needs to go on from a step: Adam's state, its normalisers and the sampler's place. */
export interface Checkpoint {
  /** Steps taken so far. */
  readonly step: number;
  readonly theta: Float64Array;
  readonly m: Float64Array;
  readonly v: Float64Array;
  readonly c1: number;
  readonly c2: number;
  /** The epoch under way, the first of its rows not yet taken, and whether its order was drawn shuffled. */
  readonly epoch: number;
  readonly position: number;
  readonly shuffled: boolean;
  /** Batches taken from the epoch under way. */
  readonly batches: number;
}
