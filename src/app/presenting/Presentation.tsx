import { useStore } from "zustand";
import { usePage } from "../../actions/PageProvider";
import { ComparedRunsBar } from "../../features/compare/ComparedRunsBar";
import { LessonCard } from "../../features/lesson/LessonCard";
import { SlowMotion } from "../../features/slow-motion/SlowMotion";
import { Stats } from "../../features/transport/Stats";
import { VerdictPanel } from "../../features/verdict/VerdictPanel";
import { Notices } from "../../kit/ui/Notices";
import { Tooltip } from "../../kit/ui/Tooltip";
import type { SlowPhase } from "../../session/slowMotion";
import { ChartPanel } from "../charts/ChartPanel";
import { PresentationMenu } from "./PresentationMenu";
import "./presentation.css";

interface Props {
  readonly slow: SlowPhase | null;
}

/** Presentation mode, for a projector: verdict, ruler and one chart, as large as the window allows. */
export function Presentation({ slow }: Props) {
  const { session, slowMotion } = usePage().page;
  const chart = useStore(session.view, (view) => view.presentedChart);
  return (
    <div className="presentation" data-slow={slow ?? undefined}>
      <main>
        <h1 className="visually-hidden">Alphascope</h1>
        <LessonCard presenting />
        <VerdictPanel session={session} />
        <ChartPanel key={chart} session={session} chart={chart} zoom above={<ComparedRunsBar brief />} />
        <Tooltip />
      </main>
      <Notices />
      <SlowMotion session={session} slowMotion={slowMotion} />
      <footer>
        <Stats />
        <PresentationMenu />
      </footer>
    </div>
  );
}
