import { type Zone, zones } from "./rulerAxis";

/**
 * The ruler's drawing in units of its own: `height` units high, as wide as there is room. All of it grows with the height
 * it is given, letters included.
 */
export const height = 178;
/** From the drawing's edge to the ends of the axis: half a handle, and a little air. */
export const inset = 26;
/** Baselines and lines from above: what the rows hold stays in its row, so that labels cannot meet. */
export const rows = { ratio: 14, bracket: 20, star: 37, lr: 55, taken: 73, axis: 116, tick: 143, zone: 160, ends: 175 };
export const tallestBar = 70;
export const zoneHeight = 6;
/** Least width of a touch target. */
export const touch = 44;

/** The width of a text, about: enough to keep labels inside the drawing. */
export function widthOf(text: string, fontSize: number, weight: "plain" | "bold"): number {
  return (weight === "bold" ? 0.56 : 0.5) * fontSize * text.length;
}

/** Side of a zone's swatch in the legend, and from the end of one entry to the next. */
export const swatch = 9;
const legendGap = 12;

/** The zones' names one beside the other, each behind its swatch, and how far they reach. */
export function legendOf(words: Readonly<Record<Zone, string>>): {
  entries: { zone: Zone; words: string; x: number }[];
  width: number;
} {
  let x = 0;
  const entries = zones.map((zone) => {
    const entry = { zone, words: words[zone], x };
    x += swatch + 5 + widthOf(words[zone], 12, "plain") + legendGap;
    return entry;
  });
  return { entries, width: x - legendGap };
}

export type Side = "left" | "right";

/** Where a text of this width begins beside a line at `x`: on the side asked for where there is room, else on the other. */
export function besideLine(
  x: number,
  textWidth: number,
  width: number,
  side: Side,
): { x: number; anchor: "start" | "end" } {
  const gap = 8;
  const [roomLeft, roomRight] = [x - gap + inset, width + inset - x - gap];
  const right = side === "right" ? roomRight >= textWidth : roomLeft < textWidth;
  return right ? { x: x + gap, anchor: "start" } : { x: x - gap, anchor: "end" };
}

/** The middle of a text that is meant for `x`, moved as far as it takes to keep all of it inside. */
export function centred(x: number, textWidth: number, width: number): number {
  return Math.min(Math.max(x, textWidth / 2 - inset), width + inset - textWidth / 2);
}

/** A ratio as the bracket says it: “× 335” where the best step lies further, “÷ 3.0” where it lies nearer. */
export function bracketText(ratio: number, format: (x: number) => string): string {
  return ratio >= 1 ? `× ${format(ratio)}` : `÷ ${format(1 / ratio)}`;
}
