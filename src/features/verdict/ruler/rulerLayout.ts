import { type RulerAxis, shareOf, type Zone, zones } from "./rulerAxis";

/**
 * The ruler's drawing is `height` units high and as wide as its box allows. Everything in it, letters included, scales with
 * the height of the box.
 */
export const height = 178;
/** From the drawing's edge to the ends of the axis: half a handle, and a margin. */
export const inset = 26;
/** Heights of baselines and lines from the top. Each kind of label has a row of its own, so that kinds cannot overlap. */
export const rows = {
  ratio: 14,
  bracket: 20,
  star: 37,
  lr: 55,
  taken: 73,
  error: 102,
  axis: 116,
  tick: 143,
  zone: 160,
  ends: 175,
};
export const tallestBar = 70;
export const zoneHeight = 6;
/** The least width of a touch target. */
export const touch = 44;

/** An estimate of the width of a text, good enough to keep labels inside the drawing. */
export function widthOf(text: string, fontSize: number, weight: "plain" | "bold"): number {
  return (weight === "bold" ? 0.56 : 0.5) * fontSize * text.length;
}

/** The side of a zone's swatch in the legend, and the gap between two entries. */
export const swatch = 9;
export const legendGap = 12;

/** The legend of the zones in one line, and its width. */
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

/** The position of a text beside a line at `x`: on the preferred side if it fits there, else on the other side. */
export function besideLine(
  x: number,
  textWidth: number,
  width: number,
  side: Side,
): { x: number; anchor: "start" | "end" } {
  const gap = 8;
  const [spaceLeft, spaceRight] = [x - gap + inset, width + inset - x - gap];
  const right = side === "right" ? spaceRight >= textWidth : spaceLeft < textWidth;
  return right ? { x: x + gap, anchor: "start" } : { x: x - gap, anchor: "end" };
}

/** The middle of a text at `x`, moved to keep the text inside the drawing. */
export function centred(x: number, textWidth: number, width: number): number {
  return Math.min(Math.max(x, textWidth / 2 - inset), width + inset - textWidth / 2);
}

/** The bracket's label: “× 335” for a longer best step, “÷ 3.0” for a shorter one. */
export function bracketText(ratio: number, format: (x: number) => string): string {
  return ratio >= 1 ? `× ${format(ratio)}` : `÷ ${format(1 / ratio)}`;
}

/** α* ± its standard error as a bar over the zones, with an end where it is on the axis. */
export function whiskerPath(axis: RulerAxis, width: number, alphaStar: number, error: number): string {
  // log 0 and below is beyond the left end of every axis.
  const shares = [alphaStar - error, alphaStar + error].map((x) => (x > 0 ? shareOf(axis, x) : -1));
  const [from, to] = shares.map((share) => (Math.min(Math.max(share, 0), 1) * width).toFixed(1));
  const ends = shares.map((share, k) => (share >= 0 && share <= 1 ? `M${k ? to : from} ${rows.error - 4}v8` : ""));
  return `M${from} ${rows.error}H${to}${ends.join("")}`;
}
