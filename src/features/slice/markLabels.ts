/** A step size with a label. */
interface LabelledMark<Kind> {
  readonly kind: Kind;
  readonly label: string;
  readonly alpha: number;
}

/** A label above the plot. */
export interface MarkLabel<Kind> {
  readonly kind: Kind;
  readonly text: string;
  /** Left end in pixels. */
  readonly left: number;
}

/** In pixels: the greatest width of a letter, and the least gap between two labels. */
const [letter, gap] = [6.4, 7];

/**
 * Labels over their marks from left to right, moved apart where they would overlap. A mark outside the plot has its label at
 * the edge, with an arrow; a step less than 3 pixels from 0 is labelled “≈ 0”.
 */
export function markLabels<Kind extends string>(
  marks: readonly LabelledMark<Kind>[],
  toX: (alpha: number) => number,
  left: number,
  right: number,
): MarkLabel<Kind>[] {
  const placed = marks
    .map((mark) => ({ ...mark, x: toX(mark.alpha) }))
    .filter(({ kind, x }) => kind !== "twice" || (x >= left && x <= right))
    .sort((a, b) => a.x - b.x)
    .map(({ kind, label, x }) => {
      const text = kind === "step" && Math.abs(x - toX(0)) < 3 ? `${label} ≈ 0` : label;
      const shown = x < left ? `← ${text}` : x > right ? `${text} →` : text;
      const width = letter * shown.length;
      return { kind, text: shown, width, left: Math.min(Math.max(x - width / 2, left), right - width) };
    });
  // From left to right, each label moves right of its predecessor; then from right to left, back into the plot.
  for (let i = 1; i < placed.length; i++) {
    const [label, previous] = [placed[i], placed[i - 1]];
    if (label && previous) label.left = Math.max(label.left, previous.left + previous.width + gap);
  }
  let end = right;
  for (const label of placed.toReversed()) {
    label.left = Math.min(label.left, end - label.width);
    end = label.left - gap;
  }
  return placed.map(({ kind, text, left: at }) => ({ kind, text, left: at }));
}
