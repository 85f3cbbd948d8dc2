import type { Edit } from "./recipe";

/** Fewer changes in a row may as well be a hand's. */
const fewest = 8;
/** A hand that tries another learning rate goes further than this at once; the stairs of a curve do not. */
const near = 2;

/**
 * The steps of those edits that belong to a schedule: eight or more changes of the learning rate in a row, each less than
 * twice or half the one before. A recipe does not say who made an edit; this is how a drawn curve is told from a hand.
 */
export function scheduledSteps(edits: readonly Edit[]): ReadonlySet<number> {
  const steps = new Set<number>();
  let row: number[] = [];
  let before: number | undefined;
  function close(): void {
    if (row.length >= fewest) for (const step of row) steps.add(step);
  }
  for (const { step, lr } of edits) {
    if (lr === undefined) continue;
    if (before === undefined || lr >= near * before || lr * near <= before) {
      close();
      row = [];
    }
    row.push(step);
    before = lr;
  }
  close();
  return steps;
}
