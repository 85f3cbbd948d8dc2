/**
 * What each colour means, everywhere on the page; the values for light and dark stand in styles/tokens.css.
 * From Okabe and Ito's colour-blind-safe set, and never alone: each role has a shape, a dash or a word beside it.
 */
export const palette = {
  lr: "var(--lr)",
  alphaStar: "var(--star)",
  slope: "var(--slope)",
  curvature: "var(--curvature)",
  ink: "var(--ink)",
  held: "var(--held)",
  muted: "var(--muted)",
  grid: "var(--line)",
} as const;

export interface Stroke {
  readonly colour: string;
  readonly dash: string;
}

const layers = ["var(--layer-1)", "var(--layer-2)", "var(--layer-3)", "var(--layer-4)"] as const;

/** A hue per layer; weights solid, biases dashed. From the fifth layer on hues return with longer dashes. */
export function tensorStroke(index: number): Stroke {
  const layer = Math.floor(index / 2);
  const round = Math.floor(layer / layers.length);
  const colour = layers[layer % layers.length] ?? palette.ink;
  const bias = index % 2 === 1;
  if (round === 0) return { colour, dash: bias ? "4 3" : "" };
  return { colour, dash: `${8 + 6 * round} 3${bias ? " 2 3" : ""}` };
}

const comparedRuns: readonly Stroke[] = [
  { colour: "var(--compared-1)", dash: "7 3" },
  { colour: "var(--compared-2)", dash: "2 2.5" },
  { colour: "var(--compared-3)", dash: "9 3 2 3" },
  { colour: "var(--compared-4)", dash: "4 2 1 2 1 2" },
];

/** A colour and a dash for each pinned run; what the run itself was, or will be again (null), is grey and dotted. */
export function comparedStroke(place: number | null): Stroke {
  return (place === null ? undefined : comparedRuns[place]) ?? { colour: palette.muted, dash: "5 2 1 2" };
}

/** Positive is blue and solid, negative orange and dashed; what is exactly zero is a hairline. */
export function signStroke(sign: number): { readonly stroke: string; readonly strokeDasharray?: string } {
  if (sign === 0) return { stroke: palette.grid };
  return sign > 0 ? { stroke: "var(--positive)" } : { stroke: "var(--negative)", strokeDasharray: "4 2.5" };
}
