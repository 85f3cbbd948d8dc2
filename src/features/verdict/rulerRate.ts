import { controls } from "../../core/recipe/controls";
import { type RulerAxis, shareOf, valueAt, type Zone, zoneOf } from "./rulerAxis";

/** Moves to a decade: as many arrow keys as the control's slider takes. */
const movesPerDecade = 40;
const { min, max } = controls.lr;

export const zoneWords: Readonly<Record<Zone, string>> = {
  short: "short of the best step",
  over: "overshoots, but helps",
  past: "this batch’s loss rises",
};
/** The same where there is little room. */
export const zoneShortWords: Readonly<Record<Zone, string>> = {
  short: "short",
  over: "overshoots",
  past: "loss rises",
};

/** The learning rate at a share of the axis, to two digits, within the axis and what a learning rate may be. */
export function rateAt(axis: RulerAxis, share: number): number {
  return limited(Number(valueAt(axis, Math.min(Math.max(share, 0), 1)).toPrecision(2)));
}

const limited = (lr: number): number => Math.min(Math.max(lr, min), max);

/** The least and the greatest learning rate the handle reaches on this axis. */
export function reachOf(axis: RulerAxis): readonly [number, number] {
  return [rateAt(axis, 0), rateAt(axis, 1)];
}

/**
 * The learning rate after a key press: arrows a fortieth of a decade, page keys a whole one, home and end to the ends of
 * the axis. A move too small for two digits takes a third; null for keys that do not move.
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

/** The learning rate under a pointer at `x`, where the axis runs from `left` over `width`, all in client pixels. */
export function rateUnder(axis: RulerAxis, x: number, left: number, width: number): number {
  return rateAt(axis, (x - left) / width);
}

/** How the handle reads out: the learning rate, and where it stands against the steps' median α*. */
export function rateText(lr: number, text: string, median: number | null): string {
  const zone = zoneOf(lr, median);
  return zone ? `${text}, ${zoneWords[zone]}` : text;
}

/** 0 … 1, however far outside the axis a step size lies. */
export function shareInside(axis: RulerAxis, x: number): number {
  return Math.min(Math.max(shareOf(axis, x), 0), 1);
}
