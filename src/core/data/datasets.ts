import type { Dataset, Settings } from "../recipe/recipe";
import { curveRows } from "./curve";
import type { SyntheticSet } from "./fixed";
import { type PlaneSet, planeRows } from "./plane";
import { type Loss, tensorsOf } from "./problem";
import { quadraticRows } from "./quadratic";
import { normal, streams, uniform } from "./random";
import { isRealData } from "./shipped";

/** Inputs, rows × inputs, and targets, rows × outputs, row-major. */
export interface Data {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

type Shape = Pick<Settings, "seed" | "rows" | "inputs" | "outputs" | "noise" | "curve" | "kappa">;

/** Hidden units of the teacher. */
const teacherUnits = 16;

/** E[tanh(z)²] for z ~ N(0, 1): the variance that one hidden unit of the teacher adds to an output, for a weight of 1. */
const meanSquaredTanh = 0.3943;

const filled = (length: number, next: () => number): Float32Array => Float32Array.from({ length }, next);

const inputsOf = ({ seed, rows, inputs }: Shape): Float32Array => filled(rows * inputs, normal(seed, streams.inputs));

/**
 * Targets y = A·tanh(W·x) + noise·N(0, 1) of a random network, rows × outputs: W ~ N(0, 1/inputs), and the rows of A are
 * scaled so that the variance of an output without noise is about 1.
 */
function teacherTargets({ seed, rows, inputs, outputs, noise }: Shape, x: Float32Array): Float64Array {
  const weight = normal(seed, streams.teacher);
  const w = Float64Array.from({ length: teacherUnits * inputs }, () => weight() / Math.sqrt(inputs));
  const a = Float64Array.from({ length: outputs * teacherUnits }, weight);
  for (let k = 0; k < outputs; k++) {
    const row = a.subarray(k * teacherUnits, (k + 1) * teacherUnits);
    const length = Math.hypot(...row) * Math.sqrt(meanSquaredTanh);
    for (let j = 0; j < teacherUnits; j++) row[j] = (row[j] as number) / length;
  }
  const error = normal(seed, streams.targets);
  const units = new Float64Array(teacherUnits);
  const y = new Float64Array(rows * outputs);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < teacherUnits; j++) {
      let z = 0;
      for (let i = 0; i < inputs; i++) z += (w[j * inputs + i] as number) * (x[r * inputs + i] as number);
      units[j] = Math.tanh(z);
    }
    for (let k = 0; k < outputs; k++) {
      let sum = noise * error();
      for (let j = 0; j < teacherUnits; j++) sum += (a[k * teacherUnits + j] as number) * (units[j] as number);
      y[r * outputs + k] = sum;
    }
  }
  return y;
}

/** The data of one or two inputs take `noise` in tenths, so that the default noise of 1 leaves them legible. */
const inTenths = (shape: Shape): Shape => ({ ...shape, noise: shape.noise / 10 });

const plane = (set: PlaneSet) => ({
  loss: "cross-entropy" as const,
  make: (shape: Shape) => planeRows(set, inTenths(shape)),
});

/** 1 at each row's largest value, 0 elsewhere. */
function oneHot(values: Float64Array, outputs: number): Float32Array {
  const y = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += outputs) {
    const row = values.subarray(at, at + outputs);
    y[at + row.indexOf(Math.max(...row))] = 1;
  }
  return y;
}

/** The datasets that are generated from the seed: the loss for training, and the function that generates the rows. */
export const datasets: Readonly<Record<SyntheticSet, { readonly loss: Loss; readonly make: (shape: Shape) => Data }>> =
  {
    /** The dataset of the notebook: inputs and targets are independent standard normal numbers. */
    noise: {
      loss: "mse",
      make: (shape) => ({
        x: inputsOf(shape),
        y: filled(shape.rows * shape.outputs, normal(shape.seed, streams.targets)),
      }),
    },
    teacher: {
      loss: "mse",
      make: (shape) => {
        const x = inputsOf(shape);
        return { x, y: Float32Array.from(teacherTargets(shape, x)) };
      },
    },
    /** The class of a row is the index of the largest noisy output of the teacher. */
    classes: {
      loss: "cross-entropy",
      make: (shape) => {
        const x = inputsOf(shape);
        return { x, y: oneHot(teacherTargets(shape, x), shape.outputs) };
      },
    },
    curve: { loss: "mse", make: (shape) => curveRows(inTenths(shape)) },
    spiral: plane("spiral"),
    circles: plane("circles"),
    xor: plane("xor"),
    moons: plane("moons"),
    quadratic: { loss: "mse", make: (shape) => quadraticRows(inTenths(shape)) },
  };

/** The loss of a dataset; null for real data, where the table has it. */
export const lossOfDataset = (dataset: Dataset): Loss | null => (isRealData(dataset) ? null : datasets[dataset].loss);

/** The initial θ, P long, distributed as in torch.nn.Linear: weights and biases U(−1/√fan_in, 1/√fan_in), rounded to float32. */
export function initialParameters(sizes: readonly number[], seed: number): Float64Array {
  const next = uniform(seed, streams.parameters);
  const tensors = tensorsOf(sizes);
  const theta = new Float64Array(tensors.reduce((total, { size }) => total + size, 0));
  tensors.forEach(({ offset, size }, t) => {
    const bound = 1 / Math.sqrt(sizes[t >> 1] as number);
    for (let i = offset; i < offset + size; i++) theta[i] = Math.fround((2 * next() - 1) * bound);
  });
  return theta;
}
