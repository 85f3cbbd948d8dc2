import { useStore } from "zustand";
import type { Domain } from "../chart/domains";
import { usePlot } from "../chart/usePlot";
import type { ChartSource } from "../redraw/source";
import { editMarks, labelsFor, mergeNearby, type Tick } from "./edits";

/** In pixels: the least distance between two ticks, and the width of a letter of a label. */
const [tickGap, letter] = [5, 6.2];
/** Pixels from the plot up to the line over a schedule. */
const above = 3;

interface Props {
  readonly session: Pick<ChartSource, "store">;
  readonly domain: Domain;
}

/**
 * A tick at each edit, labelled with the changed settings, or with the number of changes where ticks are close. A schedule
 * is one tick, and a line above the plot from its first step to its last.
 */
export function EditTicks({ session, domain }: Props) {
  const edits = useStore(session.store, (run) => run.recipe.edits);
  const plot = usePlot();
  if (!plot || edits.length === 0) return null;

  const pixel = (domain.hi - domain.lo) / plot.width;
  const marks = editMarks(edits);
  const shown = ({ step }: { readonly step: number }) => step >= domain.lo && step <= domain.hi;
  const place = (step: number) => (plot.toX(Math.min(Math.max(step, domain.lo), domain.hi)) ?? plot.x) - plot.x;
  const ticks: Tick[] = [
    ...mergeNearby(marks.edits.filter(shown), tickGap * pixel).map((edit) => ({ edit, at: place(edit.step) })),
    ...marks.schedules.filter(shown).map(({ step }) => ({ edit: { step, lr: 0 }, text: "schedule", at: place(step) })),
  ].sort((a, b) => a.at - b.at);
  const lines = marks.schedules.filter(({ step, to }) => step <= domain.hi && to >= domain.lo);
  return (
    <g className="edit-ticks">
      <path d={ticks.map(({ at }) => `M${plot.x + at} ${plot.y}v${plot.height}`).join("")} />
      {lines.length > 0 && (
        <path
          className="sweep"
          d={lines.map(({ step, to }) => `M${plot.x + place(step)} ${plot.y - above}H${plot.x + place(to)}`).join("")}
        />
      )}
      {labelsFor(ticks, plot.width, letter).map(({ x, text, before }) => (
        <text key={x} x={plot.x + x + (before ? -4 : 4)} y={plot.y + 9} textAnchor={before ? "end" : "start"}>
          {text}
        </text>
      ))}
    </g>
  );
}
