import type { RunSoFar } from "../../../src/core/files/runfile";
import { controls } from "../../../src/core/recipe/controls";
import { optimiserNames } from "../../../src/core/recipe/optimisers";
import type { Edit } from "../../../src/core/recipe/recipe";
import { measuredNotebook } from "../../../src/session/notebook";
import type { Session } from "../../../src/session/session";
import { newSession } from "./fakes";

/** A real session on the cpu engine, `steps` steps after the start of a recipe. */
export async function sessionAfter(recipe: unknown, steps: number): Promise<Session> {
  const { session } = newSession();
  await session.ready;
  await session.load(recipe);
  await session.advance(steps);
  return session;
}

/** A recipe after `steps` steps in a real session on the cpu engine. */
export const runOf = async (recipe: unknown, steps: number): Promise<RunSoFar> =>
  (await sessionAfter(recipe, steps)).runSoFar();

/** The notebook of a recipe after `steps` steps, with probes. */
export const measuredNotebookOf = async (recipe: unknown, steps: number): Promise<string> =>
  measuredNotebook(await sessionAfter(recipe, steps));

/** Edits of every setting that may change live. */
export const edits: readonly Edit[] = [
  { step: 20, lr: 0.004 },
  { step: 45, beta1: 0.6 },
  { step: 70, beta2: 0.95, batchSize: 37 },
  { step: 95, eps: 1e-4, shuffle: true },
  { step: 130, rule: "alphaStar", sigma: 0.1 },
  { step: 180, rule: "lr", shuffle: false },
  { step: 220, beta1: 0.95, batchSize: 64, sigma: 0.2 },
];

const common = { rows: 150, inputs: 6, outputs: 2, hidden: [8], batchSize: 60, lr: 0.01, sigma: 0.2 } as const;
/** `edits` without changes of the rule, for runs with the rule σ·α* at every step. */
const greedyEdits = edits.map(({ rule: _, ...edit }) => edit);

const optimised = [...edits, { step: 110, weightDecay: 0.3 }];

/** Schedules of the first shapes, the last one until the end, crossed by edits of another setting. */
const scheduled: readonly Edit[] = [
  { step: 1, schedule: { key: "lr", shape: "warmUpCosine", low: 0, lr: 0.01, end: 1e-4, warmUp: 10, length: 50 } },
  { step: 30, beta1: 0.6 },
  { step: 60, schedule: { key: "lr", shape: "steps", lr: 0.01, factor: 0.7, every: 8, length: 30 } },
  { step: 100, lr: 0.004 },
  { step: 110, schedule: { key: "lr", shape: "warmUp", low: 0.001, lr: 0.012, length: 40 } },
  {
    step: 160,
    schedule: {
      key: "lr",
      shape: "drawn",
      length: 60,
      corners: [
        { at: 0.1, value: 0.002 },
        { at: 0.6, value: 0.02 },
        { at: 1, value: 0.001 },
      ],
    },
  },
  { step: 230, beta2: 0.95, schedule: { key: "lr", shape: "cosine", lr: 0.01, end: 0, length: 70 } },
];

/** Schedules of the other shapes. */
const cycled: readonly Edit[] = [
  { step: 1, schedule: { key: "lr", shape: "oneCycle", low: 4e-4, lr: 0.01, end: 4e-8, warmUp: 15, length: 50 } },
  { step: 60, schedule: { key: "lr", shape: "linear", lr: 0.01, end: 0.001, length: 30 } },
  {
    step: 100,
    schedule: { key: "lr", shape: "cyclic", low: 0.001, lr: 0.01, up: 7, down: 4, factor: 0.5, length: 60 },
  },
  {
    step: 170,
    schedule: { key: "lr", shape: "wsd", low: 0, lr: 0.01, warmUp: 10, end: 1e-4, decay: 25, power: 0.5, length: 60 },
  },
];

/** Each activation with each loss and each rule, each optimiser, and the other kinds of networks and runs; none is chaotic. */
export const recipes: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    controls.activation.options.flatMap(({ value: activation }) =>
      (["teacher", "classes"] as const).flatMap((dataset) => [
        [`${activation}, ${dataset}, lr`, { ...common, activation, dataset, edits }],
        [`${activation}, ${dataset}, σ·α*`, { ...common, activation, dataset, rule: "alphaStar", edits: greedyEdits }],
      ]),
    ),
  ),
  "the notebook's own": {},
  "two hidden layers, shuffled": { ...common, hidden: [12, 8], activation: "tanh", dataset: "teacher", shuffle: true },
  ...Object.fromEntries(
    optimiserNames.map((optimiser) => [optimiser, { ...common, optimiser, dataset: "teacher", edits: optimised }]),
  ),
  schedules: { ...common, dataset: "teacher", edits: scheduled },
  "schedules with cycles": { ...common, dataset: "teacher", edits: cycled },
  "no hidden layer": { ...common, hidden: [], dataset: "teacher", edits },
  "sigmoid, classes, σ·α* (G)": {
    ...common,
    activation: "sigmoid",
    dataset: "classes",
    rule: "alphaStarGN",
    edits: greedyEdits,
  },
  "no hidden layer, classes, σ·α*": { ...common, hidden: [], dataset: "classes", rule: "alphaStar" },
};

/** With σ·α* on small batches, rounding errors grow until two computations of the run differ completely. */
export const chaotic = {
  ...common,
  activation: "tanh",
  dataset: "classes",
  rule: "alphaStar",
  sigma: 1,
  batchSize: 20,
};
