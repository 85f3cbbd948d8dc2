import type { SweepPoint } from "./sweep";

/** Loss and accuracy on all rows of a set. */
interface FinalScore {
  readonly loss: number;
  /** null where the target is a number. */
  readonly accuracy: number | null;
}

/** The result of one run of a sweep. Losses of a run that has diverged are not finite. */
export interface RunSummary {
  /** Steps taken: fewer than asked for where training has diverged. */
  readonly steps: number;
  readonly diverged: boolean;
  /** The minibatch loss before the last step. */
  readonly lastLoss: number;
  /** After the last step. */
  readonly train: FinalScore;
  /** null where no rows are held out. */
  readonly held: FinalScore | null;
  /** The median α* of the steps with a best step, and of their next minibatches; null where there is none. */
  readonly alphaStar: number | null;
  readonly nextAlphaStar: number | null;
  /** The loss on all training rows after some steps, in ascending order, the last step included. */
  readonly curve: readonly { readonly step: number; readonly loss: number }[];
}

/** A run of a sweep with its result. */
export interface SweepRow extends SweepPoint, RunSummary {}

/** The first step of a run's curve at which the loss on all training rows is at most `target`; null where there is none. */
export function stepsTo({ curve }: Pick<RunSummary, "curve">, target: number): number | null {
  return curve.find(({ loss }) => loss <= target)?.step ?? null;
}
