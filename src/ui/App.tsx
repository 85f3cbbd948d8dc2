import { useMemo, useRef } from "react";
import { useStore } from "zustand";
import { AlphaChart } from "../charts/AlphaChart";
import { LossChart } from "../charts/LossChart";
import { NormChart } from "../charts/NormChart";
import { RatioChart } from "../charts/RatioChart";
import { SliceChart, SliceStep } from "../charts/SliceChart";
import { SlopeChart } from "../charts/SlopeChart";
import type { Session } from "../store/session";
import { createSlowMotion } from "../store/slowMotion";
import { Arithmetic } from "./Arithmetic";
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
  const slowMotion = useMemo(() => createSlowMotion(session), [session]);
  const slow = useStore(slowMotion, ({ phase }) => phase);
  const page = useMemo(
    () => ({ session, slowMotion, openHelp: () => help.current?.showModal() }),
    [session, slowMotion],
  );
  useShortcuts(page);
  useEmphasis(session);
  return (
    <div className="page" data-slow={slow ?? undefined}>
      <Header page={page} />
      <main className="main">
        <VerdictPanel session={session} />
        <div className="pair">
          <ChartCard title="Loss along d" phases="curvature alphaStar step" aside={<SliceStep session={session} />}>
            <SliceChart session={session} />
          </ChartCard>
          <ChartCard title="α* at every step" aside={<ZoomBar session={session} />}>
            <AlphaChart session={session} />
          </ChartCard>
        </div>
        <div className="row">
          <ChartCard title="Loss" phases="batch step">
            <LossChart session={session} />
          </ChartCard>
          <ChartCard title="‖d‖ per tensor" phases="direction">
            <NormChart session={session} />
          </ChartCard>
          <ChartCard title="Slope and curvature" phases="curvature">
            <SlopeChart session={session} />
          </ChartCard>
          <ChartCard title="Step ratio lr/α*">
            <RatioChart session={session} />
          </ChartCard>
        </div>
      </main>
      <Controls session={session} />
      <aside className="side" aria-label="Direction and log">
        <Arithmetic session={session} />
        <NetworkPanel session={session} slow={slow} />
        <LogPanel session={session} />
      </aside>
      <Notices session={session} />
      <HelpDialog dialog={help} />
    </div>
  );
}
