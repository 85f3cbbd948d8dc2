import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import { actions } from "../../actions/actions";
import { PageProvider } from "../../actions/PageProvider";
import type { Page } from "../../actions/types";
import { linkOf } from "../../core/recipe/link";
import { Stats } from "../../features/transport/Stats";
import { Transport } from "../../features/transport/Transport";
import { VerdictPanel } from "../../features/verdict/VerdictPanel";
import { useEmphasis } from "../../kit/hooks/useEmphasis";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { useSize } from "../../kit/hooks/useSize";
import { Notices } from "../../kit/ui/Notices";
import { Tooltip } from "../../kit/ui/Tooltip";
import type { Session } from "../../session/session";
import { createSlowMotion } from "../../session/slowMotion";
import { presentedCharts } from "../../session/view/pageView";
import { ChartPanel } from "../charts/ChartPanel";
import { chartPanels } from "../charts/chartPanels";
import type { SendEvent } from "./embed";
import { useDeckKeys } from "./useDeckKeys";
import "./embed.css";

interface Props {
  readonly session: Session;
  readonly sendEvent: SendEvent;
}

/** The page in a frame of another page: verdict, ruler, one chart and playback controls. */
export function Embed({ session, sendEvent }: Props) {
  const page = useMemo<Page>(
    () => ({
      session,
      slowMotion: createSlowMotion(session),
      openHelp: () => {},
      openSchedule: () => {},
      openExperiments: () => {},
      openFiles: () => {},
      keyless: true,
    }),
    [session],
  );
  const chart = useStore(session.view, (view) => view.presentedChart);
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  useEmphasis(session);
  useDeckKeys(sendEvent);
  useEffect(() => {
    if (width > 0) sendEvent({ event: "height", height: heightFor(width) });
  }, [sendEvent, width]);
  return (
    <PageProvider page={page} actions={actions}>
      <div className="embed" ref={frame}>
        <main aria-label="Alphascope">
          <h1 className="visually-hidden">Alphascope</h1>
          <VerdictPanel session={session} />
          <ChartPanel key={chart} session={session} chart={chart} zoom />
          <Tooltip />
        </main>
        <Notices />
        <footer>
          <Transport brief />
          <ActionButton action="reset" className="reset">
            Reset
          </ActionButton>
          <ChartMenu />
          <Stats />
          <FullPageLink />
        </footer>
      </div>
    </PageProvider>
  );
}

function ChartMenu() {
  const { presentedChart, setPresentedChart } = useStore(useSession().view);
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

/** Opens this run in the full page; absent where a link cannot contain the run. */
function FullPageLink() {
  const session = useSession();
  const recipe = useRun(session, (run) => run.recipe);
  const fromFile = useRun(session, (run) => run.file !== null);
  if (fromFile) return null;
  return (
    <a className="whole" href={`${fullPageQuery(location.search)}${linkOf(recipe)}`} target="_blank" rel="noopener">
      Alphascope<span className="visually-hidden">: open this run in its own page</span>
    </a>
  );
}

/** The query of the same page, not embedded. */
function fullPageQuery(search: string): string {
  const query = new URLSearchParams(search);
  query.delete("embed");
  query.delete("chart");
  return `?${query}`;
}

/** The height for a 16:9 frame of this width, at least 440 (ruler and chart) and at most 720, in CSS pixels. */
function heightFor(width: number): number {
  return Math.min(Math.max(Math.round((width * 9) / 16), 440), 720);
}
