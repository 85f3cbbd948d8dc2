import { useStore } from "zustand";
import type { SlowPhase } from "../store/slowMotion";
import type { Page } from "./actions";
import { ChartPanel } from "./ChartPanel";
import { GhostBar } from "./GhostBar";
import { LessonCard } from "./LessonCard";
import { PresentationMenu } from "./PresentationMenu";
import { SlowMotion } from "./SlowMotion";
import { Stats } from "./Stats";
import { Tooltip } from "./Tooltip";
import { VerdictPanel } from "./VerdictPanel";

interface Props {
  readonly page: Page;
  readonly slow: SlowPhase | null;
}

/** What a room sees: the sentence, the ruler and one chart, as large as the window allows. */
export function Presentation({ page, slow }: Props) {
  const { session, slowMotion } = page;
  const chart = useStore(session.view, (view) => view.presentedChart);
  return (
    <div className="presentation" data-slow={slow ?? undefined}>
      <main>
        <h1 className="visually-hidden">Alphascope</h1>
        <SlowMotion session={session} slowMotion={slowMotion} />
        <LessonCard page={page} presenting />
        <VerdictPanel session={session} />
        <ChartPanel key={chart} session={session} chart={chart} zoom above={<GhostBar session={session} brief />} />
        <Tooltip />
      </main>
      <footer>
        <Stats session={session} />
        <PresentationMenu page={page} />
      </footer>
    </div>
  );
}
