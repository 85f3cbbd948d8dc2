import { usePlotArea, useXAxisScale } from "recharts";
import { useStore } from "zustand";
import type { Session } from "../store/session";
import type { Domain } from "./domains";
import { grouped, labelled } from "./edits";

/** Pixels below which two ticks cannot be told apart, and the width of a letter of a label. */
const [tickGap, letter] = [5, 6.2];

interface Props {
  readonly session: Session;
  readonly domain: Domain;
}

/** A tick on the time axis at each live edit, with what changed beside it; where they crowd, how many changes there were. */
export function EditTicks({ session, domain }: Props) {
  const edits = useStore(session.store, (run) => run.recipe.edits);
  const toX = useXAxisScale();
  const plot = usePlotArea();
  if (!toX || !plot || edits.length === 0) return null;

  const pixel = (domain.hi - domain.lo) / plot.width;
  const visible = edits.filter(({ step }) => step >= domain.lo && step <= domain.hi);
  const ticks = grouped(visible, tickGap * pixel).map((edit) => ({ edit, at: (toX(edit.step) ?? plot.x) - plot.x }));
  return (
    <g className="edit-ticks">
      <path d={ticks.map(({ at }) => `M${plot.x + at} ${plot.y}v${plot.height}`).join("")} />
      {labelled(ticks, plot.width, letter).map(({ x, text, before }) => (
        <text key={x} x={plot.x + x + (before ? -4 : 4)} y={plot.y + 9} textAnchor={before ? "end" : "start"}>
          {text}
        </text>
      ))}
    </g>
  );
}
