import type { Case } from "../../core/files/case";
import { optimisers } from "../../core/recipe/optimisers";
import { boundsOf } from "./bounds";

/** What the texts of a notebook say of its run. */
export interface Facts {
  readonly engine: "webgl" | "cpu";
  /** The version of the app. */
  readonly app: string;
  /** The recipe as a link's hash; empty for the default run. */
  readonly link: string;
  /** Steps taken in the browser. */
  readonly taken: number;
  /** Steps whose measurements the notebook holds. */
  readonly recorded: number;
}

const engines = { cpu: "the CPU, in float64", webgl: "the GPU (WebGL), in float32" } as const;
const losses = { mse: "mean squared error", "cross-entropy": "softmax cross-entropy" } as const;

export function titleMarkdown(
  { name, optimiser = "adam", sizes, activation, loss, rows, steps }: Case,
  facts: Facts,
): string {
  const { engine, app, link, taken } = facts;
  const units = sizes.length > 2 ? `, ${activation}` : ", no hidden layer";
  const reach = taken > steps ? `its first ${steps} steps (it went on to step ${taken})` : `its ${steps} steps`;
  return `# How far should ${optimisers[optimiser].label} step?

A run of Alphascope, as plain PyTorch: ${name}${units}, ${losses[loss]}, ${rows} rows.

At every minibatch step ${optimisers[optimiser].label} chooses a direction $d$ and goes a fixed way along it, the learning rate. How good was that?
The loss of the minibatch has a slope and a curvature along $d$, and with them a parabola whose lowest point lies at

$$\\alpha^* = -\\frac{d^\\top g}{d^\\top H d}$$

This notebook repeats ${taken === 0 ? `the first ${steps} steps of the run, which had not begun` : reach}, and at its end compares α* and what it is
made of with the numbers that the browser measured. It is the best step *for this batch, along this d*; it is not the best
learning rate.

* Measured on ${engines[engine]}, by Alphascope ${app}.
* The same run in the browser: the page's address with ${link ? `\`${link}\` at its end` : "nothing after it: the run it opens with"}.`;
}

export function recordedMarkdown({ taken, recorded }: Facts): string {
  const all = recorded === taken ? `all ${recorded} steps` : `the first ${recorded} of its ${taken} steps`;
  const text = recorded === 0 ? "Nothing yet: the run had not begun." : `The browser's own numbers, at ${all}.`;
  return `## What the browser measured

${text} \`None\` stands for what does not exist (α* of a flat parabola) or is not finite.`;
}

const reasons = {
  cpu: `The browser computed in float64 too, but by other formulas (it never runs a second backward pass), so the last digits
may differ.`,
  webgl: `The browser computed in float32, with about seven digits, and where $d$ is a quotient it magnifies what rounding does
to a small gradient. A slope or a curvature near zero may even come out on its other side, so verdicts are counted, not asserted.`,
} as const;

/** What is compared, how, and how far it may differ. */
export function toleranceMarkdown({ engine }: Facts): string {
  const { compared, bound, tiny, margin } = boundsOf[engine];
  return `## The comparison

${reasons[engine]} Each step hands its rounding on to the next.

The relative difference of $a$ and $b$ is $|a-b| / \\max(|a|, |b|, \\text{floor})$. The floor is ${tiny.toExponential()} of the largest recorded value
up to that step, so that what has cancelled to nothing is not compared with itself; that of α* follows from the slope's, and
where the curvature is below its own floor α* is not compared. Over the first ${compared} steps the largest difference has to stay
within ${bound.toExponential()}, or this cell fails. What it is over all recorded steps is printed beside it.

Some runs are chaotic: the greedy rule on small batches may multiply a difference a thousandfold in a few steps, and then no two
programs agree for long. So the cell trains a twin, whose parameters are off by one rounding at every step, and compares up to
where the twin has parted from the run by the bound over ${margin}. It says so where that comes before step ${compared}.`;
}
