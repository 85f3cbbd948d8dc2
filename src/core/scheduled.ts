import type { Edit } from "./recipe";

/** Fewer changes in a row may as well be a hand's. */
const fewest = 16;
/** A hand that tries another learning rate mostly goes further than this at once; the stairs of a curve do not. */
const near = 2.5;

/** A change of the learning rate. */
export interface RateEdit {
  readonly step: number;
  readonly lr: number;
}

/**
 * The schedules among edits: sixteen or more changes of the learning rate in a row, each less than 2.5 times more or less than
 * the one before. A recipe does not say who made an edit; this is how a curve is told from a hand.
 */
export function schedulesIn(edits: readonly Edit[]): readonly (readonly RateEdit[])[] {
  const rows: RateEdit[][] = [];
  for (const { step, lr } of edits) {
    if (lr === undefined) continue;
    const row = rows.at(-1);
    const before = row?.at(-1)?.lr;
    if (row && before !== undefined && lr < near * before && lr * near > before) row.push({ step, lr });
    else rows.push([{ step, lr }]);
  }
  return rows.filter(({ length }) => length >= fewest);
}

/** The steps at which a schedule moves the learning rate. */
export function scheduledSteps(edits: readonly Edit[]): ReadonlySet<number> {
  return new Set(schedulesIn(edits).flatMap((row) => row.map(({ step }) => step)));
}
