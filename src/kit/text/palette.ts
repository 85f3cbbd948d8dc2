/**
 * The meaning of each colour on the page; its values for light and dark are in app/tokens.css.
 * The colours are Okabe and Ito's colour-blind-safe set. Each meaning also has a shape, a dash or a word.
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

/** The opacity of a band in the colour of its series: from 10 to 90% of the steps, and over it the middle half. */
export const bandOpacity = { most: 0.16, middle: 0.3 } as const;

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

/** The colour and dash of the pinned run with this place; null, the previous branch or the future steps, is grey and dotted. */
export function comparedStroke(place: number | null): Stroke {
  return (place === null ? undefined : comparedRuns[place]) ?? { colour: palette.muted, dash: "5 2 1 2" };
}

/** Positive is blue and solid, negative orange and dashed, zero the colour of the grid. */
export function signStroke(sign: number): { readonly stroke: string; readonly strokeDasharray?: string } {
  if (sign === 0) return { stroke: palette.grid };
  return sign > 0 ? { stroke: "var(--positive)" } : { stroke: "var(--negative)", strokeDasharray: "4 2.5" };
}
