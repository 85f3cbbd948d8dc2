import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { ActionButton } from "../actions/ActionButton";
import { actions } from "../actions/actions";
import { PageProvider, usePage } from "../actions/PageProvider";
import { usePresenting } from "../actions/presenting";
import type { Page } from "../actions/types";
import { useShortcuts } from "../actions/useShortcuts";
import type { ExperimentForm } from "../core/experiment/experimentForm";
import { Arithmetic } from "../features/arithmetic/Arithmetic";
import { ComparedRunsBar } from "../features/compare/ComparedRunsBar";
import { ExperimentsDialog } from "../features/experiments/ExperimentsDialog";
import { CsvDialog } from "../features/files/CsvDialog";
import { DropTarget } from "../features/files/DropTarget";
import { openPicked } from "../features/files/openFile";
import { LessonCard } from "../features/lesson/LessonCard";
import { LogPanel } from "../features/log/LogPanel";
import { NetworkPanel } from "../features/network/NetworkPanel";
import { ProbesOpener } from "../features/probes/ProbesOpener";
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
import { useStages } from "./useStages";
import "./app.css";

/** The stage at which all panels are mounted. */
const lastStage = 2;

interface Props {
  readonly session: Session;
  /** The sweep that the address names, as text: its dialog opens. null without one. */
  readonly sweep: string | null;
  /** Called when all panels are in the document. */
  readonly drawn: () => void;
}

/** The page: settings on the left, verdict and charts in the middle, direction and log on the right. */
export function App({ session, sweep, drawn }: Props) {
  const help = useRef<HTMLDialogElement>(null);
  const [helped, setHelped] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  const [experimenting, setExperimenting] = useState(sweep !== null);
  const [experiment, setExperiment] = useState<ExperimentForm | null>(sweep === null ? null : { sweep });
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
      openExperiments(form) {
        setExperiment(form ?? null);
        setExperimenting(true);
      },
      openFiles: (files) => void openPicked(session, files),
    }),
    [session, slowMotion],
  );
  useShortcuts(page, actions);
  useEmphasis(session);
  const presenting = usePresenting(session, slowMotion);
  const stage = useStages(lastStage);
  useEffect(() => {
    if (stage === lastStage) drawn();
  }, [stage, drawn]);
  return (
    <PageProvider page={page} actions={actions}>
      {presenting ? <Presentation slow={slowPhase} /> : <Panels slow={slowPhase} stage={stage} />}
      <PrintFooter />
      <DropTarget />
      <CsvDialog />
      <ScheduleDialog session={session} open={scheduling} close={() => setScheduling(false)} />
      <ExperimentsDialog
        session={session}
        form={experiment}
        open={experimenting}
        close={() => setExperimenting(false)}
      />
      <HelpDialog dialog={help} opened={helped} />
    </PageProvider>
  );
}

interface PanelsProps {
  readonly slow: SlowPhase | null;
  readonly stage: number;
}

/** The settings are mounted at stage 1, the side column at stage 2: on a phone both are below the window, and neither moves a panel in it. */
function Panels({ slow, stage }: PanelsProps) {
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
      <ProbesPanel session={session}>{secondChart !== "noise" && <NoiseProbe session={session} />}</ProbesPanel>
      {stage < 1 ? <Pending area="controls" /> : <Controls />}
      {stage < 2 ? (
        <Pending area="side" />
      ) : (
        <aside className="side" aria-label="Direction and log">
          <Arithmetic session={session} />
          <ProbesOpener session={session} />
          <NetworkPanel session={session} slow={slow} />
          <LogPanel />
        </aside>
      )}
      <Notices />
      <Timeline />
      <PhoneSheet open={sheet} setOpen={setSheet} />
      <SlowMotion session={session} slowMotion={slowMotion} />
    </div>
  );
}

/** A column before it is mounted, as in `index.html`. */
function Pending({ area }: { readonly area: "controls" | "side" }) {
  return (
    <div className={area}>
      <div className="card" />
    </div>
  );
}
