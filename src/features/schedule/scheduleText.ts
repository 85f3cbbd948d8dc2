import { findSchedules } from "../../core/schedule/findSchedules";
import type { Piece } from "../../core/schedule/piecewise";

/** A relative error below this is rounding: half a unit of the last digit of a piece's learning rate. */
const roundingError = 6e-4;

/**
 * The edits that a schedule becomes, their accuracy, and the effect of a later change of the learning rate.
 *
 * @param error the largest relative difference between pieces and curve
 * @param inForce whether the first piece changes nothing
 */
export function scheduleSentence(pieces: readonly Piece[], error: number, inForce: boolean): string {
  const changes = pieces.length - Number(inForce);
  if (changes === 0) return "No change: the learning rate stays constant from the next step.";
  const accuracy =
    error < roundingError ? "exact at every step" : `within ${(100 * error).toPrecision(2)}% of the curve`;
  const becomes = `The schedule becomes ${changes} change${changes === 1 ? "" : "s"} of the learning rate from the next step, ${accuracy}.`;
  if (pieces.length === 1) return becomes;
  const isSchedule = findSchedules(pieces.map(({ t, lr }) => ({ step: t + 1, lr }))).length > 0;
  return isSchedule
    ? `${becomes} Changing the learning rate cancels the schedule. Undo removes the whole schedule.`
    : `${becomes} A later change of the learning rate lasts until the next of these changes. Undo removes all of them.`;
}
