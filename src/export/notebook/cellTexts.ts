import type { Case } from "../../core/files/case";
import { optimisers } from "../../core/recipe/optimisers";
import { boundsOf } from "./bounds";

/** The run-dependent parts of a notebook's texts. */
export interface Facts {
  readonly engine: "webgl" | "cpu";
  /** The version of the app. */
  readonly app: string;
  /** The recipe as a link's hash; empty for the default run. */
  readonly link: string;
  /** Steps taken in the browser. */
  readonly taken: number;
  /** Steps whose measurements the notebook contains. */
  readonly recorded: number;
  /** Whether the notebook contains probes of the browser. */
  readonly measured: boolean;
}

const engines = { cpu: "the CPU, in float64", webgl: "the GPU (WebGL), in float32" } as const;
const losses = { mse: "mean squared error", "cross-entropy": "softmax cross-entropy" } as const;

export function titleMarkdown(
  { name, optimiser = "adam", sizes, activation, loss, rows, steps, held }: Case,
  { engine, app, link, taken, measured }: Facts,
): string {
  const { label } = optimisers[optimiser];
  const units = sizes.length > 2 ? `, ${activation}` : ", no hidden layer";
  return `# How far should ${label} step?

A run of Alphascope in plain PyTorch: ${name}${units}, ${losses[loss]}, ${rows} rows.

At every minibatch step ${label} computes a search direction $d$ and moves the parameters along $d$ by the step size, the learning
rate. The slope and the curvature of the minibatch loss along $d$ define a quadratic model, whose vertex is at

$$\\alpha^* = -\\frac{d^\\top g}{d^\\top H d}$$

α* is the best step *for this minibatch, along this d*. α* is not the best learning rate.

This notebook computes ${repeated(taken, steps)} again. Its last cell compares every printed value with the value
measured in the browser: loss, slope, curvature, α*, the judgement of the next minibatch, the spread of the rows and the norms of
$d$ at each step${measured ? `; probes${held ? " and scores" : ""} of single steps` : ""}.

* Measured on ${engines[engine]}, by Alphascope ${app}.
* To open the run in the browser: the page's address with ${link ? `\`${link}\` at its end` : "nothing after it (the default run)"}.`;
}

/** The steps that a notebook computes, as a noun phrase. */
function repeated(taken: number, steps: number): string {
  if (taken === 0) return `the first ${steps} steps of the run, which has no measured step yet,`;
  return taken > steps ? `the first ${steps} of the run's ${taken} steps` : `all ${steps} steps of the run`;
}

export function recordedMarkdown({ taken, recorded }: Facts): string {
  const steps = recorded === taken ? `all ${recorded} steps` : `the first ${recorded} of ${taken} steps`;
  const text = recorded === 0 ? "No step: the run had not begun." : `Values of ${steps}, measured in the browser.`;
  return `## Measurements in the browser

${text} \`None\`: undefined (α* with zero curvature), not judged by a next minibatch, or not finite. \`PAGE\`: probes and scores
of single steps, measured in the browser when this notebook was exported.`;
}

const reasons = {
  cpu: `The browser also computed in float64, but with other formulas (without a second backward pass), so the last digits
may differ.`,
  webgl: `The browser computed in float32, with about seven digits. If $d$ is a quotient, it amplifies the rounding error of a small
gradient. A slope or a curvature near zero may have the other sign, so verdicts are counted and not asserted.`,
} as const;

/** The difference of two values, which probes and comparison use. */
export function differenceMarkdown(engine: Facts["engine"]): string {
  return `## Difference of two values

The relative difference of $a$ and $b$ is $|a-b| / \\max(|a|, |b|, \\text{floor})$. The floor is a fraction, ${boundsOf[engine].tiny.toExponential()}, of the size of
the terms that the value is summed from, so a value that is zero up to rounding errors is not compared with itself. The floor of an eigenvalue is the largest eigenvalue.`;
}

/** The method of the comparison and its bounds. */
export function toleranceMarkdown({ engine }: Facts): string {
  const { compared, bound, tiny, margin } = boundsOf[engine];
  return `## Comparison

${reasons[engine]} Rounding errors accumulate from step to step.

The floor of the relative difference is ${tiny.toExponential()} of the largest recorded value up to that step. The floor of α* follows from the
slope's floor; α* is not compared if the curvature is below its own floor. The norm of $d$ is compared for each tensor. Over the first ${compared} steps the largest difference must be
at most ${bound.toExponential()}, otherwise this cell fails. It also prints the largest difference over all recorded steps.

Some runs are chaotic: with steps of σ·α* on small minibatches, a difference may grow a thousandfold in a few steps, and no two
programs agree for long. Therefore the cell trains a twin of the run, whose parameters get one rounding error at every step. The
comparison ends when the twin differs from the run by more than the bound divided by ${margin}. The cell prints the step if it is before step ${compared}.
A probe or score is compared if its step is, and if the twin's value differs by no more than the bound divided by ${margin}.`;
}
