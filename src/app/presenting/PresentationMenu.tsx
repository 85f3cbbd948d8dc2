import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import { actions, type Page } from "../../actions/actions";
import { Transport } from "../../features/transport/Transport";
import { useIdle } from "../../kit/ui/useIdle";
import { presentedCharts } from "../../session/pageView";
import { chartPanels } from "../charts/chartPanels";

/** A hand that rests this long, in ms, has no need of a menu. */
const restMs = 3000;

/** Transport, the choice of chart and the way out; it fades while no hand moves, and a key or the mouse brings it back. */
export function PresentationMenu({ page }: { readonly page: Page }) {
  const idle = useIdle(restMs);
  const chosen = useStore(page.session.view, (view) => view.presentedChart);
  return (
    <section
      className={idle ? "presentation-menu faded" : "presentation-menu"}
      aria-label="Presenting"
      // A button that took the focus would take the next press of the space bar with it.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Transport page={page} brief />
      <fieldset className="segments">
        <legend className="visually-hidden">Chart shown</legend>
        {presentedCharts.map((chart, i) => (
          <label key={chart} data-tip={`${chartPanels[chart].title} (${i + 1})`}>
            <input
              type="radio"
              name="presented-chart"
              checked={chart === chosen}
              aria-label={chartPanels[chart].title}
              onChange={() => page.session.view.getState().setPresentedChart(chart)}
            />
            <span>
              <kbd>{i + 1}</kbd> {chartPanels[chart].short}
            </span>
          </label>
        ))}
      </fieldset>
      <ActionButton page={page} action={actions.present} name="Leave presenting">
        Leave
      </ActionButton>
    </section>
  );
}
