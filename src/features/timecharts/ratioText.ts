import { formatCount } from "../../kit/text/format";
import type { RatioPicture } from "./ratioPicture";

/** “Last 320 steps: 12% above 2 (loss rises), 3% without a minimum.” */
export function ratioText({ steps, beyond, without }: RatioPicture["recent"]): string {
  if (steps === 0) return "1: minimum of the quadratic model. Above 2: the loss rises.";
  const last = `Last ${formatCount(steps)} step${steps === 1 ? "" : "s"}`;
  return `${last}: ${percent(beyond)} above 2 (loss rises), ${percent(without)} without a minimum.`;
}

/** A share as a whole percentage; “0%” and “100%” are exact. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return "under 1%";
  return share > 0.99 && share < 1 ? "over 99%" : `${Math.round(100 * share)}%`;
}
