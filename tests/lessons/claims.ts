import { mean, median, quantile } from "d3-array";
import type { Metric } from "../../src/core/history/metrics";
import { noiseScales } from "../../src/core/history/noiseScale";
import type { Trace } from "../../src/core/history/trace";
import lecture from "../../src/core/lesson/lecture.json";
import type { Scene } from "../../src/core/lesson/lesson";
import { parseLesson } from "../../src/core/lesson/parseLesson";
import type { Recipe } from "../../src/core/recipe/recipe";

export const lesson = parseLesson(lecture);

export const sceneNamed = (title: string): Scene => {
  const scene = lesson.scenes.find((one) => one.title === title);
  if (!scene) throw new Error(`The lecture has no scene “${title}”.`);
  return scene;
};

/** Statements of a scene, each with its truth value. */
export type Facts = Readonly<Record<string, boolean>>;

/** The same statements, all true: the expected value of a test. */
export const allTrue = (facts: Facts): Facts => Object.fromEntries(Object.keys(facts).map((fact) => [fact, true]));

/** The first step after the first ten at which the noise scale is above the batch size; −1 without one. */
function crossing(trace: Trace, { rows, batchSize }: Recipe): number {
  return scalesOf(trace, rows).findIndex((scale, i) => i >= 10 && scale > batchSize) + 1;
}

/** The noise scale at each step; Infinity where the mean square of the gradient is not above its noise. */
function scalesOf(trace: Trace, rows: number): number[] {
  const columns = { batch: trace.batch, gradNorm: trace.gradNorm, gradVariance: trace.gradVariance };
  const length = trace.step.length;
  const values = (name: Metric, from: number, to: number) =>
    Float64Array.from(columns[name as keyof typeof columns].slice(from - 1, to), (value) => value ?? Number.NaN);
  return noiseScales({ length, values }, rows, 1, length, length).map(
    (point) => point.rows ?? Number.POSITIVE_INFINITY,
  );
}

/** The statements of a scene as a test on the traces of its runs. */
export interface Claim {
  readonly title: string;
  /** The runs that the scene mentions: its own run, the runs beside it, and its own run with the control moved. */
  runs(scene: Scene): readonly Recipe[];
  readonly steps: number;
  /** Statements that hold for the scene's own runs, on any engine. */
  here(...traces: Trace[]): Facts;
  /** Statements that hold for most other seeds. */
  anywhere(...traces: Trace[]): Facts;
}

const within = (x: number, low: number, high: number): boolean => x >= low && x <= high;
const share = (list: readonly unknown[], holds: (i: number) => boolean): number =>
  list.filter((_, i) => holds(i)).length / list.length;
const med = (list: readonly number[]): number => median(list) ?? Number.NaN;

/** The trace of the steps `from` to `to`, both included. */
function part(trace: Trace, from: number, to: number): Trace {
  const cut = Object.entries(trace).map(([key, column]) => [
    key,
    Array.isArray(column[0]) ? column : column.slice(from - 1, to),
  ]);
  return Object.fromEntries(cut);
}

/** α* of the steps with the verdict `minimum`. */
const bestSteps = ({ alphaStar, verdict }: Trace): number[] =>
  alphaStar.filter((alpha, i): alpha is number => alpha !== null && verdict[i] === "minimum");

/** α* of the next minibatches that have the verdict `minimum`. */
const nextBestSteps = ({ nextAlphaStar, nextVerdict }: Trace): number[] =>
  nextAlphaStar.filter((alpha, i): alpha is number => alpha !== null && nextVerdict[i] === "minimum");

/** The median α* of a minibatch over that of the next one. */
const overNext = (trace: Trace): number => med(bestSteps(trace)) / med(nextBestSteps(trace));
const nextAscents = ({ nextVerdict }: Trace): number => share(nextVerdict, (i) => nextVerdict[i] === "behind");

const ascents = ({ slope }: Trace): number => share(slope, (i) => (slope[i] as number) >= 0);
const concave = ({ verdict }: Trace): number => verdict.filter((one) => one === "concave").length;
const withoutBest = ({ verdict }: Trace): number => share(verdict, (i) => verdict[i] !== "minimum");

/** The factors, 1 or more, by which α* increases or decreases from a step to the next. */
function changes({ alphaStar, verdict }: Trace): number[] {
  return alphaStar.flatMap((alpha, i) => {
    const before = alphaStar[i - 1];
    if (verdict[i] !== "minimum" || verdict[i - 1] !== "minimum" || !alpha || !before) return [];
    return [Math.max(alpha / before, before / alpha)];
  });
}

/** The fraction of steps at which the change of the loss differs from the prediction by more than a tenth: |ρ − 1| > 0.1. */
const mispredicted = ({ reductionRatio }: Trace): number =>
  share(reductionRatio, (i) => Math.abs((reductionRatio[i] ?? Number.NaN) - 1) > 0.1);

const lastLoss = (trace: Trace): number => mean(trace.loss.slice(-70)) ?? Number.NaN;
const lowered = (trace: Trace): number =>
  med(trace.loss.map((loss, i) => (loss - (trace.lossAfter[i] as number)) / loss));

/** Whether lr/α* is above 2 at index i of the trace. */
export const past2 = ({ alphaStar, verdict, stepTaken }: Trace, i: number): boolean =>
  verdict[i] === "minimum" && (stepTaken[i] as number) / (alphaStar[i] as number) > 2;

export const claims: readonly Claim[] = [
  {
    title: "The notebook",
    runs: ({ recipe }) => [recipe],
    steps: 900,
    here: (run) => ({
      "about 160 times in the first hundred steps": within(med(bestSteps(part(run, 1, 100))) / 0.001, 155, 175),
      "more than 300 times after step 300": med(bestSteps(part(run, 301, 900))) / 0.001 > 300,
    }),
    anywhere: (run) => ({
      "100 to 250 times in the first hundred steps": within(med(bestSteps(part(run, 1, 100))) / 0.001, 100, 250),
      "more than 300 times after step 300": med(bestSteps(part(run, 301, 900))) / 0.001 > 300,
    }),
  },
  {
    title: "Where the quadratic model holds",
    runs: ({ recipe }) => [recipe, { ...recipe, activation: "tanh" }],
    steps: 600,
    here: (relu, tanh) => ({
      "ReLU: one step in ten": within(mispredicted(relu), 0.085, 0.12),
      "tanh: one step in forty": within(mispredicted(tanh), 0.015, 0.033),
    }),
    anywhere: (relu, tanh) => ({
      "tanh: less than half as many steps as ReLU": mispredicted(tanh) < mispredicted(relu) / 2,
      "ReLU: about one step in ten": within(mispredicted(relu), 0.07, 0.16),
    }),
  },
  {
    title: "Minibatches of 4 or 256 rows",
    runs: ({ recipe }) => [{ ...recipe, edits: [{ step: 301, batchSize: 256 }] }],
    steps: 600,
    here: (run) => ofBatchSizes(run, 0.5),
    anywhere: (run) => ofBatchSizes(run, 0.7),
  },
  {
    title: "Momentum dominates the gradient",
    runs: ({ recipe }) => [{ ...recipe, edits: [{ step: 301, beta1: 0.99 }] }],
    steps: 600,
    ...same((run) => ({
      "β₁ 0.9: ascent direction at one step in twenty": within(ascents(part(run, 1, 300)), 0.03, 0.075),
      "β₁ 0.99: ascent direction at more than one step in four": ascents(part(run, 301, 600)) > 0.25,
    })),
  },
  {
    title: "Negative curvature",
    runs: ({ recipe }) => [recipe],
    steps: 300,
    here: (run) => ({
      "negative curvature at four in ten of the first hundred steps": within(concave(part(run, 1, 100)), 35, 45),
      ...earlyCurvature(run),
    }),
    anywhere: (run) => ({
      "negative curvature at 8 or more of the first hundred steps": concave(part(run, 1, 100)) >= 8,
      ...earlyCurvature(run),
    }),
  },
  {
    title: "Steps of α*",
    runs: ({ recipe, beside }) => [recipe, ...beside],
    steps: 420,
    ...same((greedy, constant) => ({
      "the first run lowers each minibatch loss about twice as much": within(
        lowered(greedy) / lowered(constant),
        1.6,
        2.6,
      ),
      "the first run ends at the higher loss": lastLoss(greedy) > lastLoss(constant),
    })),
  },
  {
    title: "Steps of 2α*",
    runs: ({ recipe, beside }) => [recipe, ...beside],
    steps: 420,
    ...same((greedy, _, twice) => ({
      "the third run ends orders of magnitude above": lastLoss(twice) > 100 * lastLoss(greedy),
    })),
  },
  {
    title: "Before a loss spike",
    runs: ({ recipe }) => [recipe, { ...recipe, edits: [], lr: 0.1 }],
    steps: 300,
    here: (run, steady) => ({
      "lr/α* is first above 2 at step 202": run.loss.findIndex((_, i) => past2(run, i)) === 201,
      "the loss still falls at step 202": (run.loss[201] as number) < (run.loss[200] as number),
      "the loss at step 204 is 30 times the loss at step 200": within(
        (run.loss[203] as number) / (run.loss[199] as number),
        25,
        40,
      ),
      ...falseAlarms(steady),
    }),
    anywhere: (run, steady) => {
      const warned = run.loss.findIndex((_, i) => i >= 200 && past2(run, i));
      const jumped = run.loss.findIndex((loss, i) => i >= 200 && loss > 2 * (run.loss[199] as number));
      return { "lr/α* exceeds 2 before the loss jumps": warned > 0 && warned < jumped, ...falseAlarms(steady) };
    },
  },
  {
    title: "Who grades this exam?",
    runs: ({ recipe }) => [
      recipe,
      { ...recipe, edits: [{ step: 301, batchSize: 256 }] },
      { ...recipe, edits: [{ step: 301, beta1: 0 }] },
    ],
    steps: 600,
    here: (run, ...moved) => ofJudges(run, moved, 1.7, 1.7),
    anywhere: (run, ...moved) => ofJudges(run, moved, 1.4, 1.5),
  },
  {
    title: "How many rows?",
    runs: ({ recipe }) => [recipe, { ...recipe, batchSize: 128 }],
    steps: 300,
    here: (few, many) => ({
      "32 rows: the noise scale exceeds the batch size near step 50": within(crossing(few, rowsScene(32)), 40, 60),
      "128 rows: the noise scale exceeds the batch size near step 170": within(
        crossing(many, rowsScene(128)),
        150,
        190,
      ),
      ...growth(few),
    }),
    anywhere: (few, many) => ({
      "32 rows: the noise scale exceeds the batch size within 150 steps": within(crossing(few, rowsScene(32)), 11, 150),
      "128 rows: the noise scale exceeds the batch size within 300 steps": within(
        crossing(many, rowsScene(128)),
        90,
        300,
      ),
      ...growth(few),
    }),
  },
  {
    title: "Momentum on a quadratic",
    runs: ({ recipe, beside }) => [recipe, ...beside],
    steps: 250,
    ...same((momentum, descent) => ofConditionNumber(900, momentum, descent)),
  },
];

/** The rates of heavy-ball momentum and of gradient descent at the best lr and β of each (Polyak 1964). */
function ofConditionNumber(kappa: number, momentum: Trace, descent: Trace): Facts {
  const root = Math.sqrt(kappa);
  const close = (rate: number, expected: number) => within(rate / expected, 0.99, 1.01);
  const peak = Math.max(...momentum.loss);
  return {
    "the quadratic model holds at every step": part(momentum, 1, 100).reductionRatio.every(
      (ratio) => Math.abs((ratio ?? Number.NaN) - 1) < 1e-3,
    ),
    "gradient descent: (κ − 1)/(κ + 1) per step": close(rateOf(descent, 50, 250), (kappa - 1) / (kappa + 1)),
    "gradient descent: 1 − rate is 2/(κ + 1)": close(1 - rateOf(descent, 50, 250), 2 / (kappa + 1)),
    "momentum: the loss rises first": peak > 10 * momentum.loss[0]!,
    "momentum: (√κ − 1)/(√κ + 1) per step": close(rateOf(momentum, 150, 250), (root - 1) / (root + 1)),
  };
}

/** The factor of √loss per step between two steps. */
const rateOf = ({ loss }: Trace, from: number, to: number): number =>
  (loss[to - 1]! / loss[from - 1]!) ** (1 / (2 * (to - from)));

const rowsScene = (batchSize: number): Recipe => ({ ...sceneNamed("How many rows?").recipe, batchSize });

/** @param least lower bounds of α* of a minibatch over that of the next one: in the scene's run, and after the batch size or β₁ was moved */
function ofJudges(run: Trace, moved: readonly Trace[], least: number, leastMoved: number): Facts {
  return {
    "for the next minibatch α* is typically half as long": within(overNext(run), least, 2.4),
    "d points uphill for the next minibatch at four in ten steps": within(nextAscents(run), 0.35, 0.5),
    "256 rows or β₁ = 0: α* of the minibatch is about twice as long or longer": moved.every(
      (one) => overNext(part(one, 301, 600)) > leastMoved,
    ),
  };
}

const growth = (run: Trace): Facts => {
  const scales = scalesOf(run, rowsScene(32).rows);
  return { "the noise scale grows while the loss falls": scales[299]! > 3 * scales[9]! };
};

function same(facts: Claim["here"]): Pick<Claim, "here" | "anywhere"> {
  return { here: facts, anywhere: facts };
}

/** @param narrower upper bound on the 90% quantile of the factor of change with 256 rows, relative to 4 rows */
function ofBatchSizes(run: Trace, narrower: number): Facts {
  const [four, many] = [part(run, 101, 300), part(run, 401, 600)];
  const large = (trace: Trace) => quantile(changes(trace), 0.9) ?? Number.NaN;
  return {
    "4 rows: α* typically halves or doubles": within(med(changes(four)), 1.6, 2.4),
    "4 rows: one minibatch in ten has no best step": within(withoutBest(four), 0.07, 0.18),
    "256 rows: a narrow band": large(many) < narrower * large(four),
    "256 rows: almost no ascent directions": ascents(many) <= 0.02,
  };
}

function earlyCurvature(run: Trace): Facts {
  const { verdict, loss, lossAfter } = run;
  return {
    "every step with negative curvature lowers the minibatch loss": verdict.every(
      (v, i) => v !== "concave" || lossAfter[i]! < loss[i]!,
    ),
    "no negative curvature after step 100": concave(part(run, 101, 300)) === 0,
  };
}

function falseAlarms(run: Trace): Facts {
  const crossings = run.loss.filter((_, i) => past2(run, i)).length;
  const jumps = run.loss.filter((loss, i) => (run.lossAfter[i] as number) > 1.3 * loss).length;
  return { "lr/α* exceeds 2 far more often than the loss jumps": crossings > 0 && crossings > 4 * jumps };
}
