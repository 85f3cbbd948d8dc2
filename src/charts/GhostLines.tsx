import type { GhostLine } from "./ghosts";
import { type Row, stepOf } from "./rows";
import { Series } from "./Series";

const heightOf = (row: Row) => row.value;

/** One line a run beside the run: colour and dash tell which. */
export function GhostLines({ lines }: { readonly lines: readonly GhostLine[] }) {
  return lines.map(({ key, rows, look }) => (
    <Series key={key} rows={rows} x={stepOf} y={heightOf} className="ghost-line" look={look} />
  ));
}
