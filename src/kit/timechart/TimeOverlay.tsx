import { type CSSProperties, useRef } from "react";
import { useStore } from "zustand";
import type { Quantity } from "../../session/view/pageView";
import type { Domain } from "../chart/domains";
import { Reading, type ReadingLine } from "../chart/Reading";
import type { ChartSource } from "../redraw/source";
import { latinKey } from "../text/latinKey";
import { palette } from "../text/palette";
import { editsNear, editText } from "./edits";
import { handleChartKey, type TimeChartSource } from "./navigate";
import { usePointing } from "./usePointing";
import "./timechart.css";

interface Props<S> {
  readonly session: S;
  /** The chart's accessible name. */
  readonly name: string;
  readonly x: Domain;
  /** Exact values at a step, for the reading at the cursor. */
  readonly read: (session: S, step: number) => readonly ReadingLine[];
  /** The quantity that the page emphasises while the pointer is over the plot. */
  readonly quantity?: Quantity;
}

/** The cursor of a time chart with its reading, and the pointer and key handlers that move the cursor, zoom and pan. */
export function TimeOverlay<S extends TimeChartSource>({ session, name, x, read, quantity }: Props<S>) {
  const plot = useRef<HTMLDivElement>(null);
  const cursor = useStore(session.view, (view) => view.cursor);
  const { selection, handlers } = usePointing(session, plot);
  const { setEmphasis } = session.view.getState();
  const lines = cursor === null ? [] : [...read(session, cursor), ...changesAt(session, x, cursor)];
  const place = cursor === null ? -1 : (cursor - x.lo) / (x.hi - x.lo);
  const { length } = session.history();
  return (
    <div
      ref={plot}
      className="time-overlay"
      role="slider"
      tabIndex={0}
      aria-label={`${name}: step`}
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={cursor ?? length}
      aria-valuetext={cursor === null ? "the latest step" : readingText(cursor, lines)}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || !handleChartKey(session, latinKey(event), event.shiftKey))
          return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onMouseEnter={() => setEmphasis(quantity ?? null)}
      onMouseLeave={() => setEmphasis(null)}
      {...handlers}
    >
      {selection && (
        <div className="selection" style={{ left: percent(selection[0]), right: percent(1 - selection[1]) }} />
      )}
      {cursor !== null && place >= 0 && place <= 1 && (
        <>
          <div className="time-cursor" style={{ left: percent(place) }} />
          <div
            className={place < 0.5 ? "at-cursor" : "at-cursor before"}
            style={{ "--at": percent(place) } as CSSProperties}
          >
            <Reading step={cursor} lines={lines} />
          </div>
        </>
      )}
    </div>
  );
}

const percent = (fraction: number) => `${100 * fraction}%`;

const readingText = (step: number, lines: readonly ReadingLine[]) =>
  [`step ${step}`, ...lines.map(({ label, value }) => `${label} ${value}`)].join(", ");

/** The last three edits whose ticks are within 1/150 of the axis of the cursor. */
function changesAt({ store }: Pick<ChartSource, "store">, { lo, hi }: Domain, step: number): ReadingLine[] {
  const near = editsNear(store.getState().recipe.edits, step, (hi - lo) / 150).slice(-3);
  return near.map((edit) => ({ label: `from ${edit.step}`, value: editText(edit), colour: palette.muted }));
}
