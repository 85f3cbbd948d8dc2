import type { Problem } from "../../../src/core/data/problem";

/** A truncated Taylor series: a number with its first two derivatives by α, [f, f′, f″]. */
export type Jet = readonly [number, number, number];

const add = (a: Jet, b: Jet): Jet => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const multiply = (a: Jet, b: Jet): Jet => [
  a[0] * b[0],
  a[0] * b[1] + a[1] * b[0],
  a[0] * b[2] + 2 * a[1] * b[1] + a[2] * b[0],
];
const constant = (a: number): Jet => [a, 0, 0];
/** u(a), given u, u′ and u″ at a's value. */
const chain = (a: Jet, u: number, u1: number, u2: number): Jet => [u, u1 * a[1], u2 * a[1] * a[1] + u1 * a[2]];
const exp = (a: Jet) => chain(a, Math.exp(a[0]), Math.exp(a[0]), Math.exp(a[0]));
const log = (a: Jet) => chain(a, Math.log(a[0]), 1 / a[0], -1 / a[0] ** 2);
const reciprocal = (a: Jet) => chain(a, 1 / a[0], -1 / a[0] ** 2, 2 / a[0] ** 3);

/** By their definitions: tanh is (e^{2z} − 1)/(e^{2z} + 1), sigmoid is 1/(1 + e^{−z}). */
const activations: Record<Problem["activation"], (z: Jet) => Jet> = {
  relu: (z) => (z[0] > 0 ? z : constant(0)),
  sigmoid: (z) => reciprocal(add(constant(1), exp(multiply(constant(-1), z)))),
  tanh: (z) => {
    const e = exp(multiply(constant(2), z));
    return multiply(add(e, constant(-1)), reciprocal(add(e, constant(1))));
  },
};

/**
 * h(0), h′(0), h″(0) of h(α) = L_rows(θ + αd), by the definition of the loss, row by row, in arithmetic on jets. Shares no
 * code with the engine.
 */
export function lossJet(problem: Problem, theta: Float64Array, d: ArrayLike<number>, rows: readonly number[]): Jet {
  const { sizes, activation, loss, x, y } = problem;
  const [inputs, outputs] = [sizes[0]!, sizes.at(-1)!];
  let total = constant(0);
  for (const row of rows) {
    let a: Jet[] = Array.from({ length: inputs }, (_, i) => constant(x[row * inputs + i]!));
    let at = 0;
    const parameter = (k: number): Jet => [theta[k]!, d[k]!, 0];
    for (let l = 1; l < sizes.length; l++) {
      const width = sizes[l]!;
      const bias = at + a.length * width;
      const z = Array.from({ length: width }, (_, j) =>
        a.reduce((sum, ai, i) => add(sum, multiply(ai, parameter(at + i * width + j))), parameter(bias + j)),
      );
      a = l < sizes.length - 1 ? z.map(activations[activation]) : z;
      at = bias + width;
    }
    const targets = a.map((_, j) => y[row * outputs + j]!);
    if (loss === "mse") {
      for (const [j, z] of a.entries()) {
        const error = add(z, constant(-targets[j]!));
        total = add(total, multiply(constant(1 / (rows.length * outputs)), multiply(error, error)));
      }
    } else {
      const logSum = log(a.map(exp).reduce(add));
      for (const [j, z] of a.entries()) {
        const logP = add(z, multiply(constant(-1), logSum));
        total = add(total, multiply(constant(-targets[j]! / rows.length), logP));
      }
    }
  }
  return total;
}

/** ∇L and the dense Hessian. The entry ∂²L/∂i∂j follows from the second derivatives along e_i + e_j, e_i and e_j. */
export function denseDerivatives(problem: Problem, theta: Float64Array, rows: readonly number[]) {
  const unit = (...at: number[]) => {
    const d = new Float64Array(theta.length);
    for (const k of at) d[k]! += 1;
    return d;
  };
  const along = Array.from(theta, (_, i) => lossJet(problem, theta, unit(i), rows));
  const hessian = Array.from(theta, (_, i) =>
    Array.from(theta, (_, j) => {
      if (i === j) return along[i]![2];
      return (lossJet(problem, theta, unit(i, j), rows)[2] - along[i]![2] - along[j]![2]) / 2;
    }),
  );
  return { gradient: along.map((jet) => jet[1]), hessian };
}
