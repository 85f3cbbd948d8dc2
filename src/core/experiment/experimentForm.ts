import type { Range } from "./range";

/** The filled form of an experiment: a range test, or a sweep as the text of a link (`sweepText`). */
export type ExperimentForm = { readonly range: Range } | { readonly sweep: string };
