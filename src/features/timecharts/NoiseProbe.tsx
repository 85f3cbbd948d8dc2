import type { TimeChartSource } from "../../kit/timechart/navigate";
import { Hint } from "../../kit/ui/Hint";
import { NoiseChart } from "./NoiseChart";

/** The definition of the noise scale, and its meaning. */
export const noiseHelp = [
  "Gradient noise scale tr Σ/‖G‖²: the batch size at which the noise of the minibatch gradient equals the gradient G of all rows (arXiv 1812.06162). Σ is the covariance of the gradients of single rows.",
  "Batch size below the noise scale: noise dominates, and α* on other rows grows nearly in proportion to the batch size. Batch size above it: more rows hardly change α*.",
  "Both are estimated from the minibatches of the last hundred steps: a ratio of running means. The line has a gap where ‖G‖² is not above its noise, and with one row in each minibatch.",
];

/** The noise scale over the steps, as a part of the probes. */
export function NoiseProbe({ session }: { readonly session: TimeChartSource }) {
  return (
    <section className="noise-probe">
      <h3>
        Noise scale <Hint about="the noise scale" texts={noiseHelp} />
      </h3>
      <NoiseChart session={session} />
    </section>
  );
}
