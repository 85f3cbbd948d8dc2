import { memo } from "react";
import type { Quantity } from "../../session/view/pageView";
import type { ChartSource } from "../redraw/source";
import { bandOpacity } from "../text/palette";
import { roundBar } from "./outlines";

type Shape =
  | "line"
  | "dash"
  | "dot"
  | "triangle"
  | "square"
  | "diamond"
  | "hollow-triangle"
  | "hollow-square"
  | "bar"
  | "hollow-bar"
  | "hollow-dot"
  | "spread";

export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly shape: Shape;
  /** For lines: the dash pattern. */
  readonly dash?: string;
  /** The quantity that the page emphasises while the pointer is over the entry. */
  readonly quantity?: Quantity;
}

const marks: Readonly<Record<Exclude<Shape, "line" | "dash" | "spread">, string>> = {
  dot: roundBar(5, 5, 5, 2.3),
  triangle: "M5 1.5 9 8.5H1z",
  square: "M1.5 1.5h7v7h-7z",
  diamond: "M5 .8 9.2 5 5 9.2.8 5z",
  "hollow-triangle": "M5 1.5 9 8.5H1z",
  "hollow-square": "M1.5 1.5h7v7h-7z",
  bar: "M1 10V2h8v8z",
  "hollow-bar": "M1 10V2h8v8z",
  "hollow-dot": roundBar(5, 5, 5, 2.6),
};

interface Props {
  /** Without it, hovering an entry emphasises nothing. */
  readonly session?: Pick<ChartSource, "view">;
  readonly entries: readonly LegendEntry[];
}

export function Legend({ session, entries }: Props) {
  const emphasise = (quantity: Quantity | null) => session?.view.getState().setEmphasis(quantity);
  return (
    <ul className="legend">
      {entries.map(({ label, colour, shape, dash, quantity }) => (
        <li
          key={label}
          {...(shape === "spread" && { className: "spread-entry" })}
          onMouseEnter={() => emphasise(quantity ?? null)}
          onMouseLeave={() => emphasise(null)}
        >
          <Swatch colour={colour} shape={shape} {...(dash && { dash })} />
          {label}
        </li>
      ))}
    </ul>
  );
}

const Swatch = memo(function Swatch({ colour, shape, dash }: Pick<LegendEntry, "colour" | "shape" | "dash">) {
  if (shape === "spread")
    return (
      <svg viewBox="0 0 14 10" width="14" height="10" aria-hidden="true">
        <path d="M0 0h14v10H0z" fill={colour} fillOpacity={bandOpacity.most} />
        <path d="M0 2.5h14v5H0z" fill={colour} fillOpacity={bandOpacity.middle} />
        <path d="M0 5h14" stroke={colour} strokeWidth="1.8" />
      </svg>
    );
  if (shape === "line" || shape === "dash")
    return (
      <svg viewBox="0 0 18 10" width="18" height="10" aria-hidden="true">
        <path d="M0 5h18" stroke={colour} strokeWidth="2" strokeDasharray={dash ?? ""} />
      </svg>
    );
  return (
    <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <path d={marks[shape]} fill={shape.startsWith("hollow") ? "none" : colour} stroke={colour} strokeWidth={1.4} />
    </svg>
  );
});
