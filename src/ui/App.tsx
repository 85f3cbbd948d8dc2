import { useMemo, useRef, useState } from "react";
import { AlphaChart } from "../charts/AlphaChart";
import type { Span } from "../charts/domains";
import { LossChart } from "../charts/LossChart";
import { NormChart } from "../charts/NormChart";
import { SlopeChart } from "../charts/SlopeChart";
import type { Session } from "../store/session";
import { ChartCard } from "./ChartCard";
import { Controls } from "./Controls";
import { DirectionPanel } from "./DirectionPanel";
import { Header } from "./Header";
import { HelpDialog } from "./HelpDialog";
import { LogPanel } from "./LogPanel";
import { Notices } from "./Notices";
import { SpanMenu } from "./SpanMenu";
import { useShortcuts } from "./useShortcuts";
import { VerdictPanel } from "./VerdictPanel";

/** The page: settings at the left, the verdict over the charts over time, the direction and the log at the right. */
export function App({ session }: { readonly session: Session }) {
  const [span, setSpan] = useState<Span>("run");
  const help = useRef<HTMLDialogElement>(null);
  const page = useMemo(() => ({ session, openHelp: () => help.current?.showModal() }), [session]);
  useShortcuts(page);
  return (
    <div className="page">
      <Header page={page} />
      <main className="main">
        <VerdictPanel session={session} />
        <ChartCard title="α* at every step" className="wide" aside={<SpanMenu span={span} choose={setSpan} />}>
          <AlphaChart session={session} span={span} />
        </ChartCard>
        <div className="row">
          <ChartCard title="Loss">
            <LossChart session={session} span={span} />
          </ChartCard>
          <ChartCard title="‖d‖ per tensor">
            <NormChart session={session} span={span} />
          </ChartCard>
          <ChartCard title="Slope and curvature along d">
            <SlopeChart session={session} span={span} />
          </ChartCard>
        </div>
      </main>
      <Controls session={session} />
      <aside className="side" aria-label="Direction and log">
        <DirectionPanel session={session} />
        <LogPanel session={session} />
      </aside>
      <Notices session={session} />
      <HelpDialog dialog={help} />
    </div>
  );
}
