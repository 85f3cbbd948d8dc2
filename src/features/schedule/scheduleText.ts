import { schedulesIn } from "../../core/schedule/scheduled";
import type { Stair } from "../../core/schedule/stairs";

/** Half a unit of a stair's last digit: closer than this is exact. */
const rounding = 6e-4;

/**
 * What becomes of a schedule, and of a hand that meets it.
 *
 * @param inForce whether its first stair is no change
 */
export function scheduleSentence(stairs: readonly Stair[], error: number, inForce: boolean): string {
  const changes = stairs.length - Number(inForce);
  if (changes === 0) return "No change to come: one learning rate from the next step on.";
  const close = error < rounding ? "exact at every step" : `at most ${(100 * error).toPrecision(2)}% off the curve`;
  const becomes = `Becomes ${changes} change${changes === 1 ? "" : "s"} from the next step on, ${close}.`;
  if (stairs.length === 1) return becomes;
  const led = schedulesIn(stairs.map(({ t, lr }) => ({ step: t + 1, lr }))).length > 0;
  return led
    ? `${becomes} Moving the learning rate ends it; undo takes it back whole.`
    : `${becomes} Moving the learning rate lasts until the next of them; undo takes them back together.`;
}
