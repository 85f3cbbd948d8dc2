import { type CSSProperties, useRef } from "react";
import { useStore } from "zustand";
import type { Quantity } from "../../session/pageView";
import type { Session } from "../../session/session";
import type { Domain } from "../chart/domains";
import { Reading, type ReadingLine } from "../chart/Reading";
import { palette } from "../text/palette";
import { editsNear, editText, marksOf } from "./edits";
import { keyOnChart } from "./navigate";
import { usePointing } from "./usePointing";
import "./timechart.css";

interface Props {
  readonly session: Session;
  /** The chart's name for screen readers. */
  readonly name: string;
  readonly x: Domain;
  /** The exact values that the cursor reads out at a step. */
  readonly read: (session: Session, step: number) => readonly ReadingLine[];
  /** What hovering the plot points at, wherever else on the page it is written. */
  readonly quantity?: Quantity;
}

/** What lies over a plot over time: the page's one cursor, what it reads here, and the hands that move and zoom. */
export function TimeOverlay({ session, name, x, read, quantity }: Props) {
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
      aria-valuetext={cursor === null ? "the latest step" : spoken(cursor, lines)}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || !keyOnChart(session, event.key, event.shiftKey)) return;
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

const spoken = (step: number, lines: readonly ReadingLine[]) =>
  [`step ${step}`, ...lines.map(({ label, value }) => `${label} ${value}`)].join(", ");

/** Edits, and schedules, whose ticks the cursor stands on, within what a hand can hit. */
function changesAt(session: Session, { lo, hi }: Domain, step: number): ReadingLine[] {
  const { edits, sweeps } = marksOf(session.store.getState().recipe.edits);
  const all = [...edits.map((edit) => ({ step: edit.step, text: editText(edit) })), ...sweeps];
  const near = editsNear(all, step, (hi - lo) / 150).slice(-3);
  return near.map((mark) => ({ label: `from ${mark.step}`, value: mark.text, colour: palette.muted }));
}
