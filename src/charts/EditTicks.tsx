import { usePlotArea, useXAxisScale } from "recharts";
import { useStore } from "zustand";
import type { Session } from "../store/session";
import type { Domain } from "./domains";
import { editText, grouped } from "./edits";

/** Pixels between two ticks, and between two labels, below which they would run into each other. */
const [tickGap, labelGap] = [5, 84];

/** A tick on the time axis at each live edit, with what changed beside it where there is room. */
export function EditTicks({ session, domain }: { readonly session: Session; readonly domain: Domain }) {
  const edits = useStore(session.store, (run) => run.recipe.edits);
  const toX = useXAxisScale();
  const plot = usePlotArea();
  if (!toX || !plot || edits.length === 0) return null;

  const pixel = (domain.hi - domain.lo) / plot.width;
  const shown = grouped(
    edits.filter(({ step }) => step >= domain.lo && step <= domain.hi),
    tickGap * pixel,
  );
  let labelled = Number.NEGATIVE_INFINITY;
  return (
    <g className="edit-ticks">
      {shown.map((edit) => {
        const x = toX(edit.step);
        if (x === undefined) return null;
        const text = editText(edit);
        const room = x - labelled >= labelGap;
        if (room) labelled = x;
        const atEnd = x > plot.x + plot.width - labelGap;
        return (
          <g key={edit.step}>
            <title>{`From step ${edit.step}: ${text}`}</title>
            <path d={`M${x} ${plot.y}V${plot.y + plot.height}`} />
            {room && (
              <text x={atEnd ? x - 4 : x + 4} y={plot.y + 9} textAnchor={atEnd ? "end" : "start"}>
                {text}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
