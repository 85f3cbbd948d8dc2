import { optimiserNames, optimisers } from "./optimisers";
import type { LiveSettings, Recipe, Settings } from "./recipe";

/** How a slider spreads its range: `oneMinus` is logarithmic in 1 − value, for β that crowd towards 1. */
export type Scale = "linear" | "log" | "oneMinus";

/** `step` and `batch` hold what may change mid-run, and the optimiser itself; `network` what a run starts from. */
export type ControlGroup = "step" | "batch" | "network";

interface Common<V> {
  readonly key: keyof Settings;
  readonly label: string;
  /** As the lecture writes it, in plain text; empty where the lecture has none. */
  readonly symbol: string;
  readonly help: string;
  readonly default: V;
  /** May change while the run goes on; the others restart it. */
  readonly live: boolean;
  readonly group: ControlGroup;
}

export interface NumberControl extends Common<number> {
  readonly kind: "number";
  /** The least and the greatest valid value; a slider may span less, and anything valid can be typed. */
  readonly min: number;
  readonly max: number;
  readonly slider: { readonly min: number; readonly max: number; readonly scale: Scale };
  readonly integer?: boolean;
}

export interface ChoiceControl<V extends string = string> extends Common<V> {
  readonly kind: "choice";
  readonly options: readonly { readonly value: V; readonly label: string }[];
}

export interface ToggleControl extends Common<boolean> {
  readonly kind: "toggle";
}

/** The hidden layers' widths. */
export interface WidthsControl extends Common<readonly number[]> {
  readonly kind: "widths";
  readonly min: number;
  readonly max: number;
  readonly maxLayers: number;
}

export type Control = NumberControl | ChoiceControl | ToggleControl | WidthsControl;

type ControlOf<V> = [V] extends [number]
  ? NumberControl
  : [V] extends [boolean]
    ? ToggleControl
    : [V] extends [string]
      ? ChoiceControl<V & string>
      : WidthsControl;

/**
 * The one table of every setting of a recipe, in the order in which pages and links show them: validation, defaults,
 * sliders, help and links all read it. It holds every key of a recipe but `edits`.
 */
export const controls: { readonly [K in keyof Settings]: ControlOf<Settings[K]> & { readonly key: K } } = {
  optimiser: {
    key: "optimiser",
    kind: "choice",
    label: "Optimiser",
    symbol: "",
    help: "Another one restarts the run. Each makes the direction d of the gradients as PyTorch has it.",
    default: "adam",
    options: optimiserNames.map((value) => ({ value, label: optimisers[value].label })),
    live: false,
    group: "step",
  },
  lr: {
    key: "lr",
    kind: "number",
    label: "Learning rate",
    symbol: "lr",
    help: "How far each step goes along the direction d; compare it with α*, the step that was best for the batch.",
    default: 1e-3,
    min: 1e-8,
    max: 100,
    slider: { min: 1e-4, max: 10, scale: "log" },
    live: true,
    group: "step",
  },
  beta1: {
    key: "beta1",
    kind: "number",
    label: "Momentum",
    symbol: "β₁",
    help: "How much of the past gradients the direction keeps; near 1 it may come to point uphill on a batch.",
    default: 0.9,
    min: 0,
    max: 0.9999999,
    slider: { min: 0, max: 0.9999, scale: "oneMinus" },
    live: true,
    group: "step",
  },
  beta2: {
    key: "beta2",
    kind: "number",
    label: "Memory of g²",
    symbol: "β₂",
    help: "How long the squared gradients that scale the direction are remembered; lower it and the norms of d get restless.",
    default: 0.999,
    min: 0,
    max: 0.9999999,
    slider: { min: 0, max: 0.99999, scale: "oneMinus" },
    live: true,
    group: "step",
  },
  eps: {
    key: "eps",
    kind: "number",
    label: "Epsilon",
    symbol: "ε",
    help: "Added to √v before dividing; when it outweighs the gradients, nothing is divided out any more and d shrinks.",
    default: 1e-8,
    min: 0,
    max: 1,
    slider: { min: 1e-12, max: 1e-1, scale: "log" },
    live: true,
    group: "step",
  },
  weightDecay: {
    key: "weightDecay",
    kind: "number",
    label: "Weight decay",
    symbol: "λ",
    help: "Adds −λθ to the direction: each step shrinks every parameter by lr·λ of itself, beside what the gradients say.",
    default: 0.01,
    min: 0,
    max: 10,
    slider: { min: 1e-4, max: 1, scale: "log" },
    live: true,
    group: "step",
  },
  rule: {
    key: "rule",
    kind: "choice",
    label: "Step rule",
    symbol: "s",
    help: "Step by the learning rate, or by σ·α* wherever the parabola has a minimum ahead; the greedy rule is short-sighted.",
    default: "lr",
    options: [
      { value: "lr", label: "learning rate" },
      { value: "alphaStar", label: "σ·α*" },
    ],
    live: true,
    group: "step",
  },
  sigma: {
    key: "sigma",
    kind: "number",
    label: "Share of α*",
    symbol: "σ",
    help: "The share of α* that the σ·α* rule steps: 1 goes to the parabola's minimum, 2 to where it breaks even.",
    default: 1,
    min: 0.01,
    max: 10,
    slider: { min: 0.01, max: 10, scale: "log" },
    live: true,
    group: "step",
  },
  batchSize: {
    key: "batchSize",
    kind: "number",
    label: "Batch size",
    symbol: "B",
    help: "Rows in a minibatch; larger batches steady α*, and one larger than the data takes all of its rows.",
    default: 32,
    min: 1,
    max: 20_000,
    slider: { min: 1, max: 1024, scale: "log" },
    integer: true,
    live: true,
    group: "batch",
  },
  shuffle: {
    key: "shuffle",
    kind: "toggle",
    label: "Shuffle rows",
    symbol: "",
    help: "Takes the rows in a new random order each epoch, from the next epoch on; without it α* repeats with every epoch.",
    default: false,
    live: true,
    group: "batch",
  },
  dataset: {
    key: "dataset",
    kind: "choice",
    label: "Data set",
    symbol: "",
    help: "What there is to learn: nothing but noise, a random network's outputs, the largest of those as a class, or real data.",
    default: "noise",
    options: [
      { value: "noise", label: "noise" },
      { value: "teacher", label: "teacher" },
      { value: "classes", label: "classes" },
      { value: "cars", label: "cars (mpg)" },
      { value: "penguins", label: "penguins" },
      { value: "digits", label: "digits" },
      { value: "csv", label: "your own CSV" },
    ],
    live: false,
    group: "network",
  },
  rows: {
    key: "rows",
    kind: "number",
    label: "Rows",
    symbol: "N",
    help: "Rows of synthetic data; an epoch goes through all of them once.",
    default: 1000,
    min: 1,
    max: 20_000,
    slider: { min: 10, max: 20_000, scale: "log" },
    integer: true,
    live: false,
    group: "network",
  },
  inputs: {
    key: "inputs",
    kind: "number",
    label: "Inputs",
    symbol: "",
    help: "Numbers in a row of data, each drawn from a standard normal distribution.",
    default: 10,
    min: 1,
    max: 1024,
    slider: { min: 1, max: 128, scale: "log" },
    integer: true,
    live: false,
    group: "network",
  },
  outputs: {
    key: "outputs",
    kind: "number",
    label: "Outputs",
    symbol: "K",
    help: "Targets of a row; for classes their number, two or more.",
    default: 1,
    min: 1,
    max: 64,
    slider: { min: 1, max: 64, scale: "log" },
    integer: true,
    live: false,
    group: "network",
  },
  noise: {
    key: "noise",
    kind: "number",
    label: "Target noise",
    symbol: "",
    help: "Standard deviation of the noise on the teacher's outputs, which are of about unit size; the data set noise has nothing else.",
    default: 1,
    min: 0,
    max: 10,
    slider: { min: 0, max: 3, scale: "linear" },
    live: false,
    group: "network",
  },
  hidden: {
    key: "hidden",
    kind: "widths",
    label: "Hidden layers",
    symbol: "",
    help: "Units in each hidden layer, such as 16, 16; none at all makes a linear model, whose loss is a true parabola.",
    default: [5],
    min: 1,
    max: 1024,
    maxLayers: 6,
    live: false,
    group: "network",
  },
  activation: {
    key: "activation",
    kind: "choice",
    label: "Activation",
    symbol: "φ",
    help: "What a hidden unit does with its sum; ReLU bends the loss only in kinks, tanh and sigmoid curve it everywhere.",
    default: "relu",
    options: [
      { value: "relu", label: "ReLU" },
      { value: "tanh", label: "tanh" },
      { value: "sigmoid", label: "sigmoid" },
    ],
    live: false,
    group: "network",
  },
  seed: {
    key: "seed",
    kind: "number",
    label: "Seed",
    symbol: "",
    help: "Every random number of the run follows from it; try another to see what was luck.",
    default: 0,
    min: 0,
    max: 4_294_967_295,
    slider: { min: 0, max: 100, scale: "linear" },
    integer: true,
    live: false,
    group: "network",
  },
};

export const settingKeys = Object.keys(controls) as readonly (keyof Settings)[];

/** The settings that may change while the run goes on. */
export const liveKeys = settingKeys.filter((key): key is keyof LiveSettings => controls[key].live);

/** The notebook's run. */
export const defaultRecipe: Recipe = {
  ...(Object.fromEntries(settingKeys.map((key) => [key, controls[key].default])) as unknown as Settings),
  edits: [],
};
