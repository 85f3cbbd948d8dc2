import type { Loss } from "../data/problem";
import type { Activation, Optimiser, Rule } from "../recipe/recipe";

/** The numeric settings a case carries; `shuffle` is not among them because a case lists its row orders. */
export interface CaseSettings {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay?: number;
  readonly batchSize: number;
  readonly rule: Rule;
  readonly sigma?: number;
}

/**
 * A run, self-contained, as JSON: data, initial parameters, row order and settings, so that anyone can recompute it
 * without our random numbers. Arrays are base64 of little-endian float32; weights are inputs × outputs.
 */
export interface Case {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly loss: Loss;
  /** Adam, where none is named. */
  readonly optimiser?: Optimiser;
  readonly rows: number;
  readonly steps: number;
  readonly start: CaseSettings;
  /** `changes["20"]` holds from step 20 on, that step included. */
  readonly changes: Readonly<Record<string, Partial<CaseSettings>>>;
  readonly x: string;
  readonly y: string;
  readonly weights: readonly string[];
  readonly biases: readonly string[];
  /** Rows that are never trained on, of real data. */
  readonly held?: { readonly rows: number; readonly x: string; readonly y: string };
  /** One permutation of the rows per epoch, the last one repeating; absent where rows are taken in order. */
  readonly order?: readonly (readonly number[])[];
}
