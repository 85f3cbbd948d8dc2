import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useSize } from "../charts/useSize";
import { linkOf } from "../core/link";
import type { Tell } from "../embed";
import { presentedCharts } from "../store/pageView";
import type { Session } from "../store/session";
import { createSlowMotion } from "../store/slowMotion";
import { ActionButton } from "./ActionButton";
import { actions, type Page } from "./actions";
import { ChartPanel } from "./ChartPanel";
import { chartPanels } from "./chartPanels";
import { Notices } from "./Notices";
import { Stats } from "./Stats";
import { Tooltip } from "./Tooltip";
import { Transport } from "./Transport";
import { useDeckKeys } from "./useDeckKeys";
import { useEmphasis } from "./useEmphasis";
import { useRun } from "./useRun";
import { VerdictPanel } from "./VerdictPanel";

interface Props {
  readonly session: Session;
  readonly tell: Tell;
}

/** Inside another page: the sentence, the ruler, one chart and transport, in whatever room the frame has. */
export function Embed({ session, tell }: Props) {
  const page = useMemo<Page>(
    () => ({
      session,
      slowMotion: createSlowMotion(session),
      openHelp: () => {},
      openSchedule: () => {},
      keyless: true,
    }),
    [session],
  );
  const chart = useStore(session.view, (view) => view.presentedChart);
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  useEmphasis(session);
  useDeckKeys(tell);
  useEffect(() => {
    if (width > 0) tell({ event: "height", height: heightFor(width) });
  }, [tell, width]);
  return (
    <>
      <div className="embed" ref={frame}>
        <main aria-label="Alphascope">
          <h1 className="visually-hidden">Alphascope</h1>
          <VerdictPanel session={session} />
          <ChartPanel key={chart} session={session} chart={chart} zoom />
          <Tooltip />
        </main>
        <footer>
          <Transport page={page} brief />
          <ActionButton page={page} action={actions.reset} className="reset">
            Reset
          </ActionButton>
          <ChartMenu session={session} />
          <Stats session={session} />
          <Whole session={session} />
        </footer>
      </div>
      <Notices session={session} />
    </>
  );
}

function ChartMenu({ session }: { readonly session: Session }) {
  const { presentedChart, setPresentedChart } = useStore(session.view);
  return (
    <select
      className="button"
      aria-label="Chart shown"
      value={presentedChart}
      onChange={(event) => {
        const chosen = presentedCharts.find((chart) => chart === event.target.value);
        if (chosen) setPresentedChart(chosen);
      }}
    >
      {presentedCharts.map((chart) => (
        <option key={chart} value={chart}>
          {chartPanels[chart].short}
        </option>
      ))}
    </select>
  );
}

/** The way to the whole page, with this run. */
function Whole({ session }: { readonly session: Session }) {
  const recipe = useRun(session, (run) => run.recipe);
  const fromFile = useRun(session, (run) => run.fromFile);
  // No address can carry a file's own data.
  if (fromFile) return null;
  return (
    <a className="whole" href={`${wholePage(location.search)}${linkOf(recipe)}`} target="_blank" rel="noopener">
      Alphascope<span className="visually-hidden">: this run in a page of its own</span>
    </a>
  );
}

/** The address of the same page, not embedded. */
function wholePage(search: string): string {
  const query = new URLSearchParams(search);
  query.delete("embed");
  query.delete("chart");
  return `?${query}`;
}

/** As wide as a slide, but never so low that ruler and chart have to share a line, nor higher than a screen. */
function heightFor(width: number): number {
  return Math.min(Math.max(Math.round((width * 9) / 16), 440), 720);
}
