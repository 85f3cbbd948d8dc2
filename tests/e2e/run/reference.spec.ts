import { type CaseName, caseNames, type TraceRow } from "../../reference/decode";
import { readCase, readTrace } from "../../unit/support/reference";
import { advance, expect, load, on, recipe, test, trace } from "../fixtures";

/** A reference case as a run file. */
function runFileOf(name: CaseName): unknown {
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
] as const;

/** The rows of a reference as columns of a trace: one entry a step; for norms one list per tensor. */
function columnsOf(rows: readonly TraceRow[]): Record<string, unknown[]> {
  const perTensor = (key: "gradNorms" | "directionNorms") =>
    rows[0]?.[key].map((_, tensor) => rows.map((row) => row[key][tensor])) ?? [];
  return {
    ...Object.fromEntries(scalars.map((key) => [key, rows.map((row) => row[key])])),
    gradNorms: perTensor("gradNorms"),
    directionNorms: perTensor("directionNorms"),
  };
}

function verdictOf({ curvature, slope }: TraceRow): string {
  if (curvature === 0) return "flat";
  if (curvature < 0) return "concave";
  return slope < 0 ? "minimum" : "behind";
}

/** One line for each value that differs by more than `relative`, or by more than `absolute` near zero. */
function differences(
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

for (const name of caseNames) {
  test(`the cpu engine agrees with PyTorch within 1e-9 at every step of ${name}`, async ({ openPage }) => {
    const { rows, finalWeights, finalBiases } = readTrace(name);
    const { steps, sizes, activation, start } = readCase(name);
    const page = await openPage("cpu");
    await load(page, runFileOf(name));
    expect(await recipe(page)).toMatchObject({ activation, hidden: sizes.slice(1, -1), lr: start.lr });
    await advance(page, steps);
    const mine = await trace(page);
    const file = await page.evaluate(() => window.alphascope.runFile());
    const wrong = Object.entries(columnsOf(rows)).flatMap(([key, expected]) =>
      differences(key, mine[key as keyof typeof mine], expected, 1e-9, 1e-12),
    );
    expect(wrong).toEqual([]);
    expect(mine.verdict).toEqual(rows.map(verdictOf));
    expect(differences("finalWeights", file.finalWeights, finalWeights, 1e-9, 1e-12)).toEqual([]);
    expect(differences("finalBiases", file.finalBiases, finalBiases, 1e-9, 1e-12)).toEqual([]);
  });

  test(`the webgl engine agrees with PyTorch within 1% for 32 steps of ${name}`, on("webgl"), async ({ openPage }) => {
    const rows = readTrace(name).rows.slice(0, 32);
    const page = await openPage("webgl");
    await load(page, runFileOf(name));
    await advance(page, 32);
    expect(await page.evaluate(() => window.alphascope.status().engine)).toBe("webgl");
    const mine = await trace(page);
    const wrong = Object.entries(columnsOf(rows)).flatMap(([key, expected]) =>
      differences(key, mine[key as keyof typeof mine], expected, 1e-2, 1e-6),
    );
    expect(wrong).toEqual([]);
  });
}
