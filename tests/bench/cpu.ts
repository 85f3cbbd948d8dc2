import { makeColumns } from "../../src/core/columns";
import { type Problem, tensorsOf } from "../../src/core/problem";
import { type CpuOptions, createCpuEngine } from "../../src/engine/cpu";
import type { Batch, Measurements, StepSettings } from "../../src/engine/engine";

const rows = 1000;
/** Rows of measurements that the steps write into in turn, as the trainer's chunks do. */
const chunk = 1024;

/**
 * Steps per second of the cpu engine on 1000 rows of noise, relu and squared error, everything measured unless
 * `options` say otherwise. Pure: nothing but a clock, so that it runs in Node and in a browser's worker.
 */
export function measureCpu(
  sizes: readonly number[],
  batchSize: number,
  seconds: number,
  options: CpuOptions = {},
): number {
  const problem = noise(sizes);
  const theta = Float64Array.from({ length: weights(sizes) }, uniform);
  const zeros = () => new Float64Array(theta.length);
  const engine = createCpuEngine(problem, { theta, m: zeros(), v: zeros() }, options);
  const into = measurements(sizes);
  const batch: Batch = { order: Uint32Array.from({ length: rows }, (_, n) => n), start: 0, count: batchSize };
  const settings: StepSettings = { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, c1: 0, c2: 0, rule: "lr", sigma: 1 };
  const step = (row: number) => {
    settings.c1 = settings.beta1 * settings.c1 + (1 - settings.beta1);
    settings.c2 = settings.beta2 * settings.c2 + (1 - settings.beta2);
    batch.count = Math.min(batchSize, rows - batch.start);
    engine.step(batch, settings, into, row);
    batch.start = (batch.start + batch.count) % rows;
  };
  /** Steps until `duration` ms have passed, the clock read every few of them. */
  const run = (duration: number, stride: number) => {
    const start = performance.now();
    let steps = 0;
    let now = start;
    while (now - start < duration) {
      for (let k = 0; k < stride; k++) step(steps++ % chunk);
      now = performance.now();
    }
    return { steps, perSecond: (1000 * steps) / (now - start) };
  };
  const warmUp = run(250 * seconds, 1);
  const result = run(1000 * seconds, Math.max(1, Math.round(warmUp.perSecond / 1000)));
  engine.dispose();
  return result.perSecond;
}

function measurements(sizes: readonly number[]): Measurements {
  const { metrics, gradNorms, directionNorms, directions } = makeColumns(1, chunk, tensorsOf(sizes));
  const { loss, slope, curvature, stepTaken, lossAfter } = metrics;
  const curvatureTerms = new Float64Array(chunk);
  const norms = { gradSquares: gradNorms, directionSquares: directionNorms };
  return { loss, slope, curvature, curvatureTerms, stepTaken, lossAfter, ...norms, directions };
}

function noise(sizes: readonly number[]): Problem {
  const x = Float32Array.from({ length: rows * sizes[0]! }, () => 3 * uniform());
  const y = Float32Array.from({ length: rows * sizes.at(-1)! }, uniform);
  return { sizes, activation: "relu", loss: "mse", rows, x, y };
}

function weights(sizes: readonly number[]): number {
  return tensorsOf(sizes).reduce((total, { size }) => total + size, 0);
}

/** U(−0.3, 0.3): the numbers themselves do not matter to the time. */
function uniform(): number {
  return 0.6 * Math.random() - 0.3;
}
