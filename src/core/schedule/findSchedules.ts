import type { Edit } from "../recipe/recipe";

/** Fewer changes in a row may as well be a hand's. */
const fewest = 24;
/** A hand that tries another learning rate mostly goes further than this at once; the pieces of a curve do not. */
const near = 1.5;
/** Unless they come faster, in steps, than a hand can let a run go on. */
const soon = 2;

/** A change of the learning rate. */
export interface RateEdit {
  readonly step: number;
  readonly lr: number;
}

/**
 * The schedules among edits: two dozen changes of the learning rate in a row or more, each less than half as much again as
 * the one before, or within two steps of it. A recipe does not say who made an edit; this is how a curve is told from a hand.
 */
export function findSchedules(edits: readonly Edit[]): readonly (readonly RateEdit[])[] {
  const rows: RateEdit[][] = [];
  for (const { step, lr } of edits) {
    if (lr === undefined) continue;
    const row = rows.at(-1);
    const before = row?.at(-1);
    const follows = before && (step - before.step <= soon || (lr < near * before.lr && lr * near > before.lr));
    if (row && follows) row.push({ step, lr });
    else rows.push([{ step, lr }]);
  }
  return rows.filter(({ length }) => length >= fewest);
}

/** The steps at which a schedule moves the learning rate. */
export function scheduledSteps(edits: readonly Edit[]): ReadonlySet<number> {
  return new Set(findSchedules(edits).flatMap((row) => row.map(({ step }) => step)));
}
