import { controls } from "../../../core/recipe/controls";
import { type RulerAxis, shareOf, valueAt, type Zone, zoneOf } from "./rulerAxis";

/** Arrow keys per decade, as on the learning rate's slider. */
const movesPerDecade = 40;
const { min, max } = controls.lr;

export const zoneWords: Readonly<Record<Zone, string>> = {
  short: "below the best step",
  over: "overshoots, loss falls",
  past: "this batch’s loss rises",
};
/** The same for a narrow ruler. */
export const zoneShortWords: Readonly<Record<Zone, string>> = {
  short: "too short",
  over: "overshoots",
  past: "loss rises",
};

/** The learning rate at a share of the axis, to two digits, within the axis and the bounds of lr. */
function rateAt(axis: RulerAxis, share: number): number {
  return limited(Number(valueAt(axis, Math.min(Math.max(share, 0), 1)).toPrecision(2)));
}

const limited = (lr: number): number => Math.min(Math.max(lr, min), max);

/** The least and the greatest learning rate of the handle on this axis. */
export function reachOf(axis: RulerAxis): readonly [number, number] {
  return [rateAt(axis, 0), rateAt(axis, 1)];
}

/**
 * The learning rate after a key press: arrows move by a fortieth of a decade, page keys by a decade, Home and End to the ends
 * of the axis. A change that two digits cannot express takes three. null for other keys.
 */
export function rateAfterKey(key: string, lr: number, axis: RulerAxis): number | null {
  const [least, most] = reachOf(axis);
  const move = (decades: number) => {
    const exact = Math.min(Math.max(lr * 10 ** decades, least), most);
    const rounded = Number(exact.toPrecision(2));
    return (rounded - lr) * decades > 0 ? rounded : Number(exact.toPrecision(3));
  };
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return move(1 / movesPerDecade);
    case "ArrowLeft":
    case "ArrowDown":
      return move(-1 / movesPerDecade);
    case "PageUp":
      return move(1);
    case "PageDown":
      return move(-1);
    case "Home":
      return least;
    case "End":
      return most;
    default:
      return null;
  }
}

/** The learning rate at the pointer position `x` on an axis from `left` to `left + width`, all in client pixels. */
export function rateUnder(axis: RulerAxis, x: number, left: number, width: number): number {
  return rateAt(axis, (x - left) / width);
}

/** The handle's accessible value: the learning rate, and its zone for the recent steps' median α*. */
export function rateText(lr: number, text: string, median: number | null): string {
  const zone = zoneOf(lr, median);
  return zone ? `${text}, ${zoneWords[zone]}` : text;
}

/** The position of a step size on the axis, clamped to 0 … 1. */
export function shareInside(axis: RulerAxis, x: number): number {
  return Math.min(Math.max(shareOf(axis, x), 0), 1);
}
