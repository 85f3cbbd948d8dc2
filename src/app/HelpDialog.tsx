import type { RefObject } from "react";
import { usePage } from "../actions/PageProvider";
import { type Metric, metrics } from "../core/history/metrics";

/** The quantities that the page is about, in the order in which a step brings them about. */
const quantities = [
  "lr",
  "loss",
  "gradNorm",
  "directionNorm",
  "cosine",
  "slope",
  "curvature",
  "alphaStar",
  "stepTaken",
  "lossAfter",
  "reductionRatio",
] as const satisfies readonly Metric[];

/** What the page shows, what α* is and is not, the keys and the quantities, from their tables. */
export function HelpDialog({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  const { actions } = usePage();
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title">
      {/* First, and always in sight: opening puts the focus on it, and must not scroll to the end. */}
      <form method="dialog">
        <h2 id="help-title">How far should Adam step?</h2>
        <button type="submit" className="button">
          Close
        </button>
      </form>
      <p>
        A small network trains with Adam, or with another optimiser that you choose. At every minibatch step the page
        measures the direction <i>d</i> that it chose, the slope <i>dᵀg</i> and the curvature <i>dᵀHd</i> of this
        batch’s loss along it, and <b>α* = −dᵀg / dᵀHd</b>, the step that would have minimised the parabola they define.
      </p>
      <p>
        α* is the best step <em>for this batch, along this d</em>. It is not the best learning rate, because the next
        batch will want another and picking each step greedily is short-sighted; and it is not 1/sharpness.
      </p>
      <p>
        It trains on real data, too, by the setting <i>Data set</i>: cars, penguins, hand-written digits, or your own
        CSV, which you can also drop anywhere on the page and which never leaves this browser. Every fifth row is held
        out; the loss on those rows is drawn beside the run’s.
      </p>
      <table>
        <caption>Keys</caption>
        <tbody>
          {Object.values(actions).map(({ keyLabel, label, does }) => (
            <tr key={label}>
              <th scope="row">
                <kbd>{keyLabel}</kbd> {label}
              </th>
              <td>{does}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <kbd>Tab</kbd> To a control
            </th>
            <td>
              Arrow keys move sliders and the learning rate on the ruler; on a chart they read steps, and +, − and shift
              with an arrow zoom and pan.
            </td>
          </tr>
        </tbody>
      </table>
      <table>
        <caption>Quantities</caption>
        <tbody>
          {quantities.map((metric) => (
            <tr key={metric}>
              <th scope="row">{metrics[metric].label}</th>
              <td>{metrics[metric].help}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </dialog>
  );
}
