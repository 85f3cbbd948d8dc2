import type { PresentedChart } from "../store/pageView";
import type { Session } from "../store/session";
import { ChartCard } from "./ChartCard";
import { chartPanels } from "./chartPanels";
import { Hint } from "./Hint";

/** One chart in its card, from the table. */
export function ChartPanel({ session, chart }: { readonly session: Session; readonly chart: PresentedChart }) {
  const { title, Chart, Aside, help, phases } = chartPanels[chart];
  return (
    <ChartCard
      title={title}
      hint={<Hint about={title} texts={help} />}
      aside={Aside && <Aside session={session} />}
      {...(phases && { phases })}
    >
      <Chart session={session} />
    </ChartCard>
  );
}
