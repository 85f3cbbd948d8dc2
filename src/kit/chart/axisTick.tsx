import type { BaseTickContentProps } from "recharts";
import { palette } from "../text/palette";

/** From the anchor of a label down to its baseline. */
const baseline = { start: "0.71em", middle: "0.355em", end: "0em" } as const;

/**
 * The label of a tick, in one line. recharts' own label measures each of its words in the document, which makes the browser
 * lay out the page at every change of an axis.
 */
export function axisTick(tick: BaseTickContentProps) {
  const { x, y, textAnchor, verticalAnchor, payload, tickFormatter, index, className } = tick;
  return (
    <text
      className={className}
      x={x}
      y={y}
      dy={baseline[verticalAnchor]}
      textAnchor={textAnchor}
      fill={palette.muted}
      fontSize={11.5}
    >
      {tickFormatter?.(payload.value, index) ?? String(payload.value)}
    </text>
  );
}
