import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import { Transport } from "../../features/transport/Transport";
import { useIdle } from "../../kit/hooks/useIdle";
import { useSession } from "../../kit/hooks/useSession";
import { presentedCharts } from "../../session/view/pageView";
import { chartPanels } from "../charts/chartPanels";

/** Time without input after which the menu fades out, in ms. */
const fadeAfter = 3000;

/** Playback controls, choice of chart and exit. The menu fades out without input; a key or the pointer shows it again. */
export function PresentationMenu() {
  const { view } = useSession();
  const idle = useIdle(fadeAfter);
  const chosen = useStore(view, (state) => state.presentedChart);
  return (
    <section
      className={idle ? "presentation-menu faded" : "presentation-menu"}
      aria-label="Presentation menu"
      // A focused button would handle the next press of the space bar.
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
              aria-label={`${i + 1} ${chartPanels[chart].short}: ${chartPanels[chart].title}`}
              onChange={() => view.getState().setPresentedChart(chart)}
            />
            <span>
              <kbd>{i + 1}</kbd> <span className="chart-name">{chartPanels[chart].short}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <ActionButton action="present" name="Exit presentation mode">
        Exit
      </ActionButton>
    </section>
  );
}
