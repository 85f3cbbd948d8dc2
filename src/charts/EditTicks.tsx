import { usePlotArea, useXAxisScale } from "recharts";
import { useStore } from "zustand";
import type { Session } from "../store/session";
import type { Domain } from "./domains";
import { editText, grouped } from "./edits";

/** Pixels below which two ticks cannot be told apart, and the width of a letter of a label. */
const [tickGap, letter] = [5, 6.2];

interface Props {
  readonly session: Session;
  readonly domain: Domain;
  /** Whether to write what changed beside each tick where there is room. */
  readonly named: boolean;
}

/** A tick on the time axis at each live edit, with what changed beside it where there is room. */
export function EditTicks({ session, domain, named }: Props) {
  const edits = useStore(session.store, (run) => run.recipe.edits);
  const toX = useXAxisScale();
  const plot = usePlotArea();
  if (!toX || !plot || edits.length === 0) return null;

  const pixel = (domain.hi - domain.lo) / plot.width;
  const shown = grouped(
    edits.filter(({ step }) => step >= domain.lo && step <= domain.hi),
    tickGap * pixel,
  );
  let free = Number.NEGATIVE_INFINITY;
  return (
    <g className="edit-ticks">
      {shown.map((edit) => {
        const x = toX(edit.step);
        if (x === undefined) return null;
        const text = editText(edit);
        const width = letter * text.length + 8;
        const atEnd = x + width > plot.x + plot.width;
        const left = atEnd ? x - width : x;
        const room = named && left >= free;
        if (room) free = left + width;
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
