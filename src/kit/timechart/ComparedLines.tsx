import { type Row, stepOf } from "../chart/rows";
import { Series } from "../chart/Series";
import type { ComparedLine } from "./comparedRuns";

const heightOf = (row: Row) => row.value;

/** One line a run beside the run: colour and dash tell which. */
export function ComparedLines({ lines }: { readonly lines: readonly ComparedLine[] }) {
  return lines.map(({ key, rows, look }) => (
    <Series key={key} rows={rows} x={stepOf} y={heightOf} className="compared-line" look={look} />
  ));
}
