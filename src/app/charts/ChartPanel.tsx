import type { ReactNode } from "react";
import { SaveImage } from "../../kit/chart/SaveImage";
import { Hint } from "../../kit/ui/Hint";
import type { PresentedChart } from "../../session/pageView";
import type { Session } from "../../session/session";
import { Later } from "../Later";
import { ChartCard } from "./ChartCard";
import { chartPanels } from "./chartPanels";
import { ZoomBar } from "./ZoomBar";

interface Props {
  readonly session: Session;
  readonly chart: PresentedChart;
  /** Whether it has the page's say on which steps are shown, if it is over time. */
  readonly zoom?: boolean;
  /** What stands above the chart. */
  readonly above?: ReactNode;
  /** Frames to wait before the chart is made. */
  readonly later?: number;
}

/** One chart in its card, from the table. */
export function ChartPanel({ session, chart, zoom = false, above, later = 0 }: Props) {
  const { title, Chart, Aside, overTime = false, help, phases } = chartPanels[chart];
  return (
    <ChartCard
      title={title}
      hint={
        <>
          <Hint about={title} texts={help} />
          <SaveImage session={session} title={title} file={chart} atCursor={chart === "slice"} />
        </>
      }
      aside={Aside ? <Aside session={session} /> : zoom && overTime && <ZoomBar />}
      {...(phases && { phases })}
    >
      {above}
      <Later session={session} frames={later}>
        <Chart session={session} />
      </Later>
    </ChartCard>
  );
}
