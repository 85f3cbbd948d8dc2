import { usePage } from "../actions/PageProvider";
import { type Metric, metrics } from "../core/history/metrics";
import { controls } from "../core/recipe/controls";

/** The quantities of the help, in the order in which a step computes them. */
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

/** The texts of the help: a summary of the page, the meaning of α*, the keys and the quantities, the last two from their tables. */
export function HelpTexts() {
  const { actions } = usePage();
  return (
    <>
      <p>
        A small network trains with Adam or with another optimiser. At every minibatch step the page measures the search
        direction <i>d</i>, the slope <i>dᵀg</i> and the curvature <i>dᵀHd</i> of the minibatch loss along <i>d</i>, and{" "}
        <b>α* = −dᵀg / dᵀHd</b>, the step size that minimises the quadratic model of this loss.
      </p>
      <p>
        α* is the best step <em>for this minibatch and this direction</em>. α* is not a recommended learning rate: α*
        differs from batch to batch, and a greedy choice of every step is short-sighted. α* is not 1/sharpness either.
      </p>
      <p>
        The setting <i>{controls.dataset.label}</i> also offers real data: cars, penguins, handwritten digits, or your
        own CSV file. You can drop a CSV file anywhere on the page; its data stay in this browser. A random fifth of the
        rows is held out, and the loss chart shows the loss on the held-out rows.
      </p>
      <table>
        <caption>Keys</caption>
        <tbody>
          {Object.values(actions).map(({ keyLabel, label, help }) => (
            <tr key={label}>
              <th scope="row">
                <kbd>{keyLabel}</kbd> {label}
              </th>
              <td>{help}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <kbd>Tab</kbd> Next control
            </th>
            <td>
              On a slider and on the ruler, arrow keys change the value. On a chart, arrow keys read steps, + and −
              zoom, and Shift with an arrow key pans.
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
    </>
  );
}
