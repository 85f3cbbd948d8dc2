import { useStore } from "zustand";
import { schedulesIn } from "../../core/recipe/schedulesIn";
import type { Domain } from "../chart/domains";
import { usePlot } from "../chart/usePlot";
import type { ChartSource } from "../redraw/source";
import { labelsFor, mergeNearby } from "./edits";

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
 * also has a line above the plot from its first step to its last.
 */
export function EditTicks({ session, domain }: Props) {
  const edits = useStore(session.store, (run) => run.recipe.edits);
  const plot = usePlot();
  if (!plot || edits.length === 0) return null;

  const pixel = (domain.hi - domain.lo) / plot.width;
  const shown = ({ step }: { readonly step: number }) => step >= domain.lo && step <= domain.hi;
  const place = (step: number) => (plot.toX(Math.min(Math.max(step, domain.lo), domain.hi)) ?? plot.x) - plot.x;
  const ticks = mergeNearby(edits.filter(shown), tickGap * pixel).map((edit) => ({ edit, at: place(edit.step) }));
  const lines = schedulesIn(edits).filter(({ from, to }) => from <= domain.hi && to >= domain.lo);
  return (
    <g className="edit-ticks">
      <path d={ticks.map(({ at }) => `M${plot.x + at} ${plot.y}v${plot.height}`).join("")} />
      {lines.length > 0 && (
        <path
          className="sweep"
          d={lines.map(({ from, to }) => `M${plot.x + place(from)} ${plot.y - above}H${plot.x + place(to)}`).join("")}
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
