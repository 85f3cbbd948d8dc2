import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import { Transport } from "../../features/transport/Transport";
import { useIdle } from "../../kit/ui/useIdle";
import { useSession } from "../../kit/ui/useSession";
import { presentedCharts } from "../../session/pageView";
import { chartPanels } from "../charts/chartPanels";

/** A hand that rests this long, in ms, has no need of a menu. */
const restMs = 3000;

/** Transport, the choice of chart and the way out; it fades while no hand moves, and a key or the mouse brings it back. */
export function PresentationMenu() {
  const { view } = useSession();
  const idle = useIdle(restMs);
  const chosen = useStore(view, (state) => state.presentedChart);
  return (
    <section
      className={idle ? "presentation-menu faded" : "presentation-menu"}
      aria-label="Presenting"
      // A button that took the focus would take the next press of the space bar with it.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Transport brief />
      <fieldset className="segments">
        <legend className="visually-hidden">Chart shown</legend>
        {presentedCharts.map((chart, i) => (
          <label key={chart} data-tip={`${chartPanels[chart].title} (${i + 1})`}>
            <input
              type="radio"
              name="presented-chart"
              checked={chart === chosen}
              aria-label={chartPanels[chart].title}
              onChange={() => view.getState().setPresentedChart(chart)}
            />
            <span>
              <kbd>{i + 1}</kbd> {chartPanels[chart].short}
            </span>
          </label>
        ))}
      </fieldset>
      <ActionButton action="present" name="Leave presenting">
        Leave
      </ActionButton>
    </section>
  );
}
