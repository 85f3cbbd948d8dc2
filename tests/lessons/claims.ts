import { mean, median, quantile } from "d3-array";
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

/** Statements, and whether each is true. */
export type Facts = Readonly<Record<string, boolean>>;

/** What facts are where each is true. */
export const allTrue = (facts: Facts): Facts => Object.fromEntries(Object.keys(facts).map((fact) => [fact, true]));

/** What a scene says, as a test on the traces of its runs. */
export interface Claim {
  readonly title: string;
  /** The runs that it speaks of: the scene's own, those beside it, and the scene's with its control moved. */
  runs(scene: Scene): readonly Recipe[];
  readonly steps: number;
  /** True of the scene's own runs, on any engine. */
  here(...traces: Trace[]): Facts;
  /** True with most other seeds. */
  anywhere(...traces: Trace[]): Facts;
}

const within = (x: number, low: number, high: number): boolean => x >= low && x <= high;
const share = (list: readonly unknown[], holds: (i: number) => boolean): number =>
  list.filter((_, i) => holds(i)).length / list.length;
const med = (list: readonly number[]): number => median(list) ?? Number.NaN;

/** Steps `from` to `to`, both included. */
function part(trace: Trace, from: number, to: number): Trace {
  const cut = Object.entries(trace).map(([key, column]) => [
    key,
    Array.isArray(column[0]) ? column : column.slice(from - 1, to),
  ]);
  return Object.fromEntries(cut);
}

/** α* where there is a best step ahead. */
const ahead = ({ alphaStar, verdict }: Trace): number[] =>
  alphaStar.filter((alpha, i): alpha is number => alpha !== null && verdict[i] === "minimum");

const uphill = ({ slope }: Trace): number => share(slope, (i) => (slope[i] as number) >= 0);
const concave = ({ verdict }: Trace): number => verdict.filter((one) => one === "concave").length;
const withoutBest = ({ verdict }: Trace): number => share(verdict, (i) => verdict[i] !== "minimum");

/** By which factor α* changes from a step to the next, up or down. */
function changes({ alphaStar, verdict }: Trace): number[] {
  return alphaStar.flatMap((alpha, i) => {
    const before = alphaStar[i - 1];
    if (verdict[i] !== "minimum" || verdict[i - 1] !== "minimum" || !alpha || !before) return [];
    return [Math.max(alpha / before, before / alpha)];
  });
}

/** How often the loss changed by a tenth more or less than the parabola had promised. */
const missed = ({ reductionRatio }: Trace): number =>
  share(reductionRatio, (i) => Math.abs((reductionRatio[i] ?? Number.NaN) - 1) > 0.1);

const lastLoss = (trace: Trace): number => mean(trace.loss.slice(-70)) ?? Number.NaN;
const lowered = (trace: Trace): number =>
  med(trace.loss.map((loss, i) => (loss - (trace.lossAfter[i] as number)) / loss));

/** Whether lr/α* is past 2, at the step of this index. */
export const past2 = ({ alphaStar, verdict, stepTaken }: Trace, i: number): boolean =>
  verdict[i] === "minimum" && (stepTaken[i] as number) / (alphaStar[i] as number) > 2;

export const claims: readonly Claim[] = [
  {
    title: "The notebook",
    runs: ({ recipe }) => [recipe],
    steps: 900,
    here: (run) => ({
      "some hundred and sixty times at first": within(med(ahead(part(run, 1, 100))) / 0.001, 155, 175),
      "several hundred times later": med(ahead(part(run, 301, 900))) / 0.001 > 300,
    }),
    anywhere: (run) => ({
      "some hundred times at first": within(med(ahead(part(run, 1, 100))) / 0.001, 100, 250),
      "several hundred times later": med(ahead(part(run, 301, 900))) / 0.001 > 300,
    }),
  },
  {
    title: "Where to trust a parabola",
    runs: ({ recipe }) => [recipe, { ...recipe, activation: "tanh" }],
    steps: 600,
    here: (relu, tanh) => ({
      "ReLU: one step in ten": within(missed(relu), 0.085, 0.12),
      "tanh: one in forty": within(missed(tanh), 0.015, 0.033),
    }),
    anywhere: (relu, tanh) => ({
      "tanh misses less than half as often": missed(tanh) < missed(relu) / 2,
      "ReLU: about one step in ten": within(missed(relu), 0.07, 0.16),
    }),
  },
  {
    title: "Four rows or 256",
    runs: ({ recipe }) => [{ ...recipe, edits: [{ step: 301, batchSize: 256 }] }],
    steps: 600,
    here: (run) => ofBatchSizes(run, 0.5),
    anywhere: (run) => ofBatchSizes(run, 0.7),
  },
  {
    title: "Momentum outvotes the gradient",
    runs: ({ recipe }) => [{ ...recipe, edits: [{ step: 301, beta1: 0.99 }] }],
    steps: 600,
    ...same((run) => ({
      "β₁ 0.9: one in twenty uphill": within(uphill(part(run, 1, 300)), 0.03, 0.075),
      "β₁ 0.99: more than one in four": uphill(part(run, 301, 600)) > 0.25,
    })),
  },
  {
    title: "Negative curvature",
    runs: ({ recipe }) => [recipe],
    steps: 300,
    here: (run) => ({
      "four in ten of the first hundred": within(concave(part(run, 1, 100)), 35, 45),
      ...awakening(run),
    }),
    anywhere: (run) => ({ "some of the first hundred": concave(part(run, 1, 100)) >= 8, ...awakening(run) }),
  },
  {
    title: "Take the best step",
    runs: ({ recipe, beside }) => [recipe, ...beside],
    steps: 420,
    ...same((greedy, constant) => ({
      "lowers each batch about twice as far": within(lowered(greedy) / lowered(constant), 1.6, 2.6),
      "ends at the higher loss": lastLoss(greedy) > lastLoss(constant),
    })),
  },
  {
    title: "Twice the best step",
    runs: ({ recipe, beside }) => [recipe, ...beside],
    steps: 420,
    ...same((greedy, _, twice) => ({
      "flies off by orders of magnitude": lastLoss(twice) > 100 * lastLoss(greedy),
    })),
  },
  {
    title: "Before the spike",
    runs: ({ recipe }) => [recipe, { ...recipe, edits: [], lr: 0.1 }],
    steps: 300,
    here: (run, steady) => ({
      "the first past 2 is step 202": run.loss.findIndex((_, i) => past2(run, i)) === 201,
      "the loss still falling": (run.loss[201] as number) < (run.loss[200] as number),
      "thirty times at step 204": within((run.loss[203] as number) / (run.loss[199] as number), 25, 40),
      ...wolf(steady),
    }),
    anywhere: (run, steady) => {
      const warned = run.loss.findIndex((_, i) => i >= 200 && past2(run, i));
      const jumped = run.loss.findIndex((loss, i) => i >= 200 && loss > 2 * (run.loss[199] as number));
      return { "warned before it jumped": warned > 0 && warned < jumped, ...wolf(steady) };
    },
  },
];

function same(facts: Claim["here"]): Pick<Claim, "here" | "anywhere"> {
  return { here: facts, anywhere: facts };
}

/** `settled`: how much less α* changes at one step in ten. */
function ofBatchSizes(run: Trace, settled: number): Facts {
  const [four, many] = [part(run, 101, 300), part(run, 401, 600)];
  const large = (trace: Trace) => quantile(changes(trace), 0.9) ?? Number.NaN;
  return {
    "doubles or halves": within(med(changes(four)), 1.6, 2.4),
    "one in ten without a best step": within(withoutBest(four), 0.07, 0.18),
    "settles to a band": large(many) < settled * large(four),
    "uphill all but gone": uphill(many) <= 0.02,
  };
}

function awakening(run: Trace): Facts {
  const { verdict, loss, lossAfter } = run;
  return {
    "every such step lowers the loss": verdict.every((v, i) => v !== "concave" || lossAfter[i]! < loss[i]!),
    "none after that": concave(part(run, 101, 300)) === 0,
  };
}

function wolf(run: Trace): Facts {
  const crossings = run.loss.filter((_, i) => past2(run, i)).length;
  const jumps = run.loss.filter((loss, i) => (run.lossAfter[i] as number) > 1.3 * loss).length;
  return { "past 2 far more often than it jumps": crossings > 0 && crossings > 4 * jumps };
}
