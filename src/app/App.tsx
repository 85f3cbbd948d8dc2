import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Page } from "../actions/actions";
import { usePresenting } from "../actions/presenting";
import { useShortcuts } from "../actions/useShortcuts";
import { Arithmetic } from "../features/arithmetic/Arithmetic";
import { ComparedRunsBar } from "../features/compare/ComparedRunsBar";
import { CsvDialog } from "../features/files/CsvDialog";
import { DropTarget } from "../features/files/DropTarget";
import { LessonCard } from "../features/lesson/LessonCard";
import { LogPanel } from "../features/log/LogPanel";
import { NetworkPanel } from "../features/network/NetworkPanel";
import { ProbesPanel } from "../features/probes/ProbesPanel";
import { ScheduleDialog } from "../features/schedule/ScheduleDialog";
import { Controls } from "../features/settings/Controls";
import { Timeline } from "../features/transport/Timeline";
import { VerdictPanel } from "../features/verdict/VerdictPanel";
import { Notices } from "../kit/ui/Notices";
import { useEmphasis } from "../kit/ui/useEmphasis";
import { showsEdge } from "../session/lesson/lesson";
import type { Session } from "../session/session";
import { createSlowMotion, type SlowPhase } from "../session/slowMotion";
import { ChartPanel } from "./charts/ChartPanel";
import { Header } from "./Header";
import { HelpDialog } from "./HelpDialog";
import { Presentation } from "./presenting/Presentation";

/** The page: settings at the left, the verdict over the charts over time, the direction and the log at the right. */
export function App({ session }: { readonly session: Session }) {
  const help = useRef<HTMLDialogElement>(null);
  const [scheduling, setScheduling] = useState(false);
  const slowMotion = useMemo(() => createSlowMotion(session), [session]);
  const slow = useStore(slowMotion, ({ phase }) => phase);
  const page = useMemo(
    () => ({
      session,
      slowMotion,
      openHelp: () => help.current?.showModal(),
      openSchedule: () => setScheduling(true),
    }),
    [session, slowMotion],
  );
  useShortcuts(page);
  useEmphasis(session);
  const presenting = usePresenting(session, slowMotion);
  return (
    <>
      {presenting ? <Presentation page={page} slow={slow} /> : <Panels page={page} slow={slow} />}
      <Notices session={session} />
      <DropTarget session={session} />
      <CsvDialog session={session} />
      <ScheduleDialog session={session} open={scheduling} close={() => setScheduling(false)} />
      <HelpDialog dialog={help} />
    </>
  );
}

function Panels({ page, slow }: { readonly page: Page; readonly slow: SlowPhase | null }) {
  const { session } = page;
  // α* makes room for a scene's chart that has no place of its own: 1/α* is in it, too.
  const beside = useStore(session.lesson, showsEdge) ? "edge" : "alpha";
  return (
    <div className="page" data-slow={slow ?? undefined}>
      <Header page={page} />
      <LessonCard page={page} />
      <main className="main">
        <VerdictPanel session={session} />
        <ComparedRunsBar session={session} />
        <div className="pair">
          <ChartPanel session={session} chart="slice" later={6} />
          <ChartPanel key={beside} session={session} chart={beside} zoom later={4} />
        </div>
        <div className="row">
          <ChartPanel session={session} chart="loss" later={8} />
          <ChartPanel session={session} chart="norms" later={10} />
          <ChartPanel session={session} chart="slope" later={12} />
          <ChartPanel session={session} chart="ratio" later={14} />
        </div>
      </main>
      <Controls page={page} />
      <aside className="side" aria-label="Direction and log">
        <Arithmetic session={session} />
        <ProbesPanel session={session} />
        <NetworkPanel session={session} slow={slow} />
        <LogPanel session={session} />
      </aside>
      <Timeline page={page} />
    </div>
  );
}
