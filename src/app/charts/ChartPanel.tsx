import { type ReactNode, useMemo, useRef } from "react";
import { SaveImage } from "../../kit/chart/SaveImage";
import { useInSight } from "../../kit/hooks/useInSight";
import { useRun } from "../../kit/hooks/useRun";
import { Sight, useNear } from "../../kit/redraw/sight";
import { Hint } from "../../kit/ui/Hint";
import { NoNetwork } from "../../kit/ui/NoNetwork";
import type { Session } from "../../session/session";
import type { PresentedChart } from "../../session/view/pageView";
import { Later } from "../Later";
import { ChartCard } from "./ChartCard";
import { chartPanels } from "./chartPanels";
import { ZoomBar } from "./ZoomBar";

interface Props {
  readonly session: Session;
  readonly chart: PresentedChart;
  /** Whether the card has the controls of the time axes; charts that are not over time have none. */
  readonly zoom?: boolean;
  /** Content at the end of the title line. */
  readonly beside?: ReactNode;
  /** Content above the chart. */
  readonly above?: ReactNode;
  /** Frames to wait before the chart is mounted. */
  readonly later?: number;
}

/** A chart of the table `chartPanels` in its card. */
export function ChartPanel({ session, chart, zoom = false, beside, above, later = 0 }: Props) {
  const { title, Chart, Aside, overTime = false, help, phases, missing, use } = chartPanels[chart];
  const lacksNetwork = useRun(session, ({ recording }) => recording !== null) && missing !== undefined;
  const card = useRef<HTMLElement>(null);
  const near = useNear(card, later === 0);
  useInSight(
    card,
    useMemo(() => (use ? () => use(session) : null), [use, session]),
  );
  return (
    <ChartCard
      card={card}
      title={title}
      hint={
        <>
          <Hint about={title} texts={help} />
          <SaveImage session={session} title={title} file={chart} atCursor={chart === "slice"} />
        </>
      }
      aside={
        (Aside || beside || (zoom && overTime)) && (
          <>
            {Aside && <Aside session={session} />}
            {beside}
            {!Aside && zoom && overTime && <ZoomBar />}
          </>
        )
      }
      {...(phases && { phases })}
    >
      {above}
      <Sight value={near}>
        <Later session={session} frames={later}>
          {lacksNetwork ? <NoNetwork missing={missing} /> : <Chart session={session} />}
        </Later>
      </Sight>
    </ChartCard>
  );
}
