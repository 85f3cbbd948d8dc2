import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { ActionButton } from "../actions/ActionButton";
import { actions } from "../actions/actions";
import { PageProvider, usePage } from "../actions/PageProvider";
import { usePresenting } from "../actions/presenting";
import type { Page } from "../actions/types";
import { useShortcuts } from "../actions/useShortcuts";
import { Arithmetic } from "../features/arithmetic/Arithmetic";
import { ComparedRunsBar } from "../features/compare/ComparedRunsBar";
import { ExperimentsDialog } from "../features/experiments/ExperimentsDialog";
import { CsvDialog } from "../features/files/CsvDialog";
import { DropTarget } from "../features/files/DropTarget";
import { openPicked } from "../features/files/openFile";
import { LessonCard } from "../features/lesson/LessonCard";
import { LogPanel } from "../features/log/LogPanel";
import { NetworkPanel } from "../features/network/NetworkPanel";
import { ProbesPanel } from "../features/probes/ProbesPanel";
import { ScheduleDialog } from "../features/schedule/ScheduleDialog";
import { Controls } from "../features/settings/Controls";
import { SlowMotion } from "../features/slow-motion/SlowMotion";
import { NoiseProbe } from "../features/timecharts/NoiseProbe";
import { Timeline } from "../features/transport/Timeline";
import { VerdictPanel } from "../features/verdict/VerdictPanel";
import { useEmphasis } from "../kit/hooks/useEmphasis";
import { Notices } from "../kit/ui/Notices";
import { chartBesides } from "../session/lesson/lesson";
import type { Session } from "../session/session";
import { createSlowMotion, type SlowPhase } from "../session/slowMotion";
import { ChartPanel } from "./charts/ChartPanel";
import { Header } from "./Header";
import { HelpDialog } from "./HelpDialog";
import { PhoneSheet, type Sheet } from "./PhoneSheet";
import { Presentation } from "./presenting/Presentation";
import { PrintFooter } from "./print/PrintFooter";
import "./app.css";

interface Props {
  readonly session: Session;
  /** The sweep that the address names, as text: its dialog opens. null without one. */
  readonly sweep: string | null;
}

/** The page: settings on the left, verdict and charts in the middle, direction and log on the right. */
export function App({ session, sweep }: Props) {
  const help = useRef<HTMLDialogElement>(null);
  const [helped, setHelped] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  const [experimenting, setExperimenting] = useState(sweep !== null);
  const slowMotion = useMemo(() => createSlowMotion(session), [session]);
  const slowPhase = useStore(slowMotion, ({ phase }) => phase);
  const page = useMemo<Page>(
    () => ({
      session,
      slowMotion,
      openHelp() {
        setHelped(true);
        help.current?.showModal();
      },
      openSchedule: () => setScheduling(true),
      openExperiments: () => setExperimenting(true),
      openFiles: (files) => void openPicked(session, files),
    }),
    [session, slowMotion],
  );
  useShortcuts(page, actions);
  useEmphasis(session);
  const presenting = usePresenting(session, slowMotion);
  return (
    <PageProvider page={page} actions={actions}>
      {presenting ? <Presentation slow={slowPhase} /> : <Panels slow={slowPhase} />}
      <PrintFooter />
      <DropTarget />
      <CsvDialog />
      <ScheduleDialog session={session} open={scheduling} close={() => setScheduling(false)} />
      <ExperimentsDialog session={session} link={sweep} open={experimenting} close={() => setExperimenting(false)} />
      <HelpDialog dialog={help} opened={helped} />
    </PageProvider>
  );
}

function Panels({ slow }: { readonly slow: SlowPhase | null }) {
  const { session, slowMotion } = usePage().page;
  const [sheet, setSheet] = useState<Sheet | null>(null);
  // A scene about a chart outside the page's grid replaces the chart of α*, and so does the fit.
  const chartOfScene = useStore(session.lesson, chartBesides);
  const fitOpen = useStore(session.view, (view) => view.fitOpen);
  const secondChart = fitOpen ? "fit" : (chartOfScene ?? "alpha");
  return (
    <div className="page" data-slow={slow ?? undefined} data-sheet={sheet ?? undefined}>
      <Header />
      <LessonCard />
      <main className="main">
        <VerdictPanel session={session} />
        <ComparedRunsBar />
        <div className="pair">
          <ChartPanel session={session} chart="slice" later={6} />
          <ChartPanel
            key={secondChart}
            session={session}
            chart={secondChart}
            zoom
            later={4}
            beside={
              <ActionButton action="fit" className="small fit-switch" pressed={secondChart === "fit"}>
                Fit
              </ActionButton>
            }
          />
        </div>
        <div className="row">
          <ChartPanel session={session} chart="loss" later={8} />
          <ChartPanel session={session} chart="norms" later={10} />
          <ChartPanel session={session} chart="slope" later={12} />
          <ChartPanel session={session} chart="ratio" later={14} />
        </div>
      </main>
      <Controls />
      <aside className="side" aria-label="Direction and log">
        <Arithmetic session={session} />
        <ProbesPanel session={session}>{secondChart !== "noise" && <NoiseProbe session={session} />}</ProbesPanel>
        <NetworkPanel session={session} slow={slow} />
        <LogPanel />
      </aside>
      <Notices />
      <Timeline />
      <PhoneSheet open={sheet} setOpen={setSheet} />
      <SlowMotion session={session} slowMotion={slowMotion} />
    </div>
  );
}
