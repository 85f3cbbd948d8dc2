/** Reference cases as runs of the page, and the comparison of a trace of the page with a reference trace. */
import { readCase, readTrace } from "../unit/support/reference";
import type { CaseName, TraceRow } from "./decode";

/** A reference case as a run file. */
export function runFileOf(name: CaseName): unknown {
  const { rows, finalWeights, finalBiases } = readTrace(name);
  const reference = readCase(name);
  const { sizes, activation, start } = reference;
  const [inputs, outputs] = [sizes[0], sizes.at(-1)];
  return {
    format: "alphascope-run",
    version: 1,
    app: "reference",
    engine: "cpu",
    recipe: { rows: reference.rows, inputs, outputs, hidden: sizes.slice(1, -1), activation, ...start },
    case: reference,
    trace: {
      ...columnsOf(rows),
      verdict: rows.map(verdictOf),
    },
    finalWeights,
    finalBiases,
  };
}

const scalars = [
  "step",
  "batch",
  "loss",
  "slope",
  "curvature",
  "alphaStar",
  "gradNorm",
  "directionNorm",
  "cosine",
  "stepTaken",
  "lossAfter",
  "reductionRatio",
  "nextSlope",
  "nextCurvature",
  "nextAlphaStar",
  "nextVerdict",
  "gradVariance",
  "alphaStarError",
  "gaussNewton",
] as const;

/** The rows of a reference as columns of a trace: one entry a step; for norms one list per tensor. */
export function columnsOf(rows: readonly TraceRow[]): Record<string, unknown[]> {
  const perTensor = (key: "gradNorms" | "directionNorms") =>
    rows[0]?.[key].map((_, tensor) => rows.map((row) => row[key][tensor])) ?? [];
  return {
    ...Object.fromEntries(scalars.map((key) => [key, rows.map((row) => row[key])])),
    gradNorms: perTensor("gradNorms"),
    directionNorms: perTensor("directionNorms"),
  };
}

export function verdictOf({ curvature, slope }: TraceRow): string {
  if (curvature === 0) return "flat";
  if (curvature < 0) return "concave";
  return slope < 0 ? "minimum" : "behind";
}

/** One line for each value that differs by more than `relative`, or by more than `absolute` near zero. */
export function differences(
  name: string,
  actual: readonly unknown[],
  expected: readonly unknown[],
  relative: number,
  absolute: number,
): string[] {
  return expected.flatMap((value, k) => {
    const mine = actual[k];
    if (Array.isArray(value))
      return differences(`${name}[${k}]`, mine as readonly unknown[], value, relative, absolute);
    const same =
      typeof value === "number" && typeof mine === "number"
        ? Math.abs(mine - value) <= Math.max(absolute, relative * Math.abs(value))
        : mine === value;
    return same ? [] : [`${name}[${k}]: ${mine} for ${value}`];
  });
}
