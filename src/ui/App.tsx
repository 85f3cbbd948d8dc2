import { useMemo, useRef } from "react";
import { AlphaChart } from "../charts/AlphaChart";
import { LossChart } from "../charts/LossChart";
import { NormChart } from "../charts/NormChart";
import { RatioChart } from "../charts/RatioChart";
import { SlopeChart } from "../charts/SlopeChart";
import type { Session } from "../store/session";
import { ChartCard } from "./ChartCard";
import { Controls } from "./Controls";
import { Header } from "./Header";
import { HelpDialog } from "./HelpDialog";
import { LogPanel } from "./LogPanel";
import { NetworkPanel } from "./NetworkPanel";
import { Notices } from "./Notices";
import { useEmphasis } from "./useEmphasis";
import { useShortcuts } from "./useShortcuts";
import { VerdictPanel } from "./VerdictPanel";
import { ZoomBar } from "./ZoomBar";

/** The page: settings at the left, the verdict over the charts over time, the direction and the log at the right. */
export function App({ session }: { readonly session: Session }) {
  const help = useRef<HTMLDialogElement>(null);
  const page = useMemo(() => ({ session, openHelp: () => help.current?.showModal() }), [session]);
  useShortcuts(page);
  useEmphasis(session);
  return (
    <div className="page">
      <Header page={page} />
      <main className="main">
        <VerdictPanel session={session} />
        <ChartCard title="α* at every step" className="wide" aside={<ZoomBar session={session} />}>
          <AlphaChart session={session} />
        </ChartCard>
        <div className="row">
          <ChartCard title="Loss">
            <LossChart session={session} />
          </ChartCard>
          <ChartCard title="‖d‖ per tensor">
            <NormChart session={session} />
          </ChartCard>
          <ChartCard title="Slope and curvature">
            <SlopeChart session={session} />
          </ChartCard>
          <ChartCard title="Step ratio lr/α*">
            <RatioChart session={session} />
          </ChartCard>
        </div>
      </main>
      <Controls session={session} />
      <aside className="side" aria-label="Direction and log">
        <NetworkPanel session={session} />
        <LogPanel session={session} />
      </aside>
      <Notices session={session} />
      <HelpDialog dialog={help} />
    </div>
  );
}
