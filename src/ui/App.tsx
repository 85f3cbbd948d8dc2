import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { showsEdge } from "../store/lesson";
import type { Session } from "../store/session";
import { createSlowMotion, type SlowPhase } from "../store/slowMotion";
import { Arithmetic } from "./Arithmetic";
import type { Page } from "./actions";
import { ChartPanel } from "./ChartPanel";
import { Controls } from "./Controls";
import { CsvDialog } from "./CsvDialog";
import { DropTarget } from "./DropTarget";
import { GhostBar } from "./GhostBar";
import { Header } from "./Header";
import { HelpDialog } from "./HelpDialog";
import { LessonCard } from "./LessonCard";
import { LogPanel } from "./LogPanel";
import { NetworkPanel } from "./NetworkPanel";
import { Notices } from "./Notices";
import { Presentation } from "./Presentation";
import { ProbesPanel } from "./ProbesPanel";
import { usePresenting } from "./presenting";
import { ScheduleDialog } from "./ScheduleDialog";
import { Timeline } from "./Timeline";
import { useEmphasis } from "./useEmphasis";
import { useShortcuts } from "./useShortcuts";
import { VerdictPanel } from "./VerdictPanel";

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
        <GhostBar session={session} />
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
