import { usePlotArea, useXAxisScale } from "recharts";
import { useStore } from "zustand";
import type { Session } from "../../session/session";
import type { Domain } from "../chart/domains";
import { grouped, labelled, marksOf, type Tick } from "./edits";

/** Pixels below which two ticks cannot be told apart, and the width of a letter of a label. */
const [tickGap, letter] = [5, 6.2];
/** Pixels from the plot up to the line of a schedule. */
const above = 3;

interface Props {
  readonly session: Session;
  readonly domain: Domain;
}

/**
 * A tick on the time axis at each live edit, with what changed beside it; where they crowd, how many changes there were. A
 * schedule is one tick, and a line along the top for as long as it lasts.
 */
export function EditTicks({ session, domain }: Props) {
  const edits = useStore(session.store, (run) => run.recipe.edits);
  const toX = useXAxisScale();
  const plot = usePlotArea();
  if (!toX || !plot || edits.length === 0) return null;

  const pixel = (domain.hi - domain.lo) / plot.width;
  const marks = marksOf(edits);
  const shown = ({ step }: { readonly step: number }) => step >= domain.lo && step <= domain.hi;
  const place = (step: number) => (toX(Math.min(Math.max(step, domain.lo), domain.hi)) ?? plot.x) - plot.x;
  const ticks: Tick[] = [
    ...grouped(marks.edits.filter(shown), tickGap * pixel).map((edit) => ({ edit, at: place(edit.step) })),
    ...marks.sweeps.filter(shown).map(({ step }) => ({ edit: { step, lr: 0 }, text: "schedule", at: place(step) })),
  ].sort((a, b) => a.at - b.at);
  const swept = marks.sweeps.filter(({ step, to }) => step <= domain.hi && to >= domain.lo);
  return (
    <g className="edit-ticks">
      <path d={ticks.map(({ at }) => `M${plot.x + at} ${plot.y}v${plot.height}`).join("")} />
      {swept.length > 0 && (
        <path
          className="sweep"
          d={swept.map(({ step, to }) => `M${plot.x + place(step)} ${plot.y - above}H${plot.x + place(to)}`).join("")}
        />
      )}
      {labelled(ticks, plot.width, letter).map(({ x, text, before }) => (
        <text key={x} x={plot.x + x + (before ? -4 : 4)} y={plot.y + 9} textAnchor={before ? "end" : "start"}>
          {text}
        </text>
      ))}
    </g>
  );
}
