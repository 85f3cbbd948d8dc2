import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { startOf } from "../../../../src/core/data/start";
import { encodeFloat32 } from "../../../../src/core/files/base64";
import { parseRunFile } from "../../../../src/core/files/parseRunFile";
import type { RunFile } from "../../../../src/core/files/runFileSchema";
import { caseOf, makeRunFile } from "../../../../src/core/files/runfile";
import { History } from "../../../../src/core/history/history";
import { limits } from "../../../../src/core/limits";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { rateAt } from "../../../../src/core/schedule/schedule";
import { caseNames } from "../../../reference/decode";
import { anything, smallRecipe } from "../../support/arbitraries";
import { inputErrorOf } from "../../support/inputError";
import { measuredColumns } from "../../support/measured";
import { readCase } from "../../support/reference";

function runOf(recipe: Recipe, steps: number): RunFile {
  const start = startOf(recipe, null);
  const history = new History(tensorsOf(start.problem.sizes));
  if (steps > 0) history.append(measuredColumns(1, steps, history.tensors));
  const theta = start.theta.map((value) => value + 0.1);
  return makeRunFile({ recipe, start, history, theta, engine: "cpu", app: "1.2.3" });
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

/** The message with which a run file is refused; fails where it is not. */
function faultOf(input: unknown): string {
  return inputErrorOf(() => parseRunFile(input)) ?? expect.fail("the run file was accepted");
}

const small = parseRecipe({ rows: 12, inputs: 2, hidden: [3], batchSize: 5, shuffle: true }).recipe;
const classes = parseRecipe({ ...small, dataset: "classes", outputs: 2 }).recipe;

test("parseRunFile returns any run that makeRunFile has written", () => {
  fc.assert(
    fc.property(smallRecipe, fc.integer({ min: 0, max: 60 }), (recipe, steps) => {
      const run = runOf(recipe, steps);
      expect(parseRunFile(asJson(run))).toEqual(run);
    }),
  );
});

test("makeRunFile writes settings, changes without shuffle, row orders and parameters per layer", () => {
  const recipe = {
    ...small,
    sigma: 2,
    edits: [
      { step: 3, lr: 0.5, shuffle: false },
      { step: 9, shuffle: true },
    ],
  };
  const run = runOf(recipe, 7);
  expect(run).toMatchObject({ format: "alphascope-run", version: 1, app: "1.2.3", engine: "cpu", recipe });
  expect(run.case).toMatchObject({ sizes: [2, 3, 1], activation: "relu", loss: "mse", rows: 12, steps: 7 });
  expect(run.case.start).toEqual({
    lr: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    eps: 1e-8,
    batchSize: 5,
    rule: "lr",
    sigma: 2,
  });
  expect(run.case.changes).toEqual({ "3": { lr: 0.5 } });
  const { theta } = startOf(recipe, null);
  expect(run.case.weights).toEqual([encodeFloat32(theta.slice(0, 6)), encodeFloat32(theta.slice(9, 12))]);
  expect(run.case.biases).toEqual([encodeFloat32(theta.slice(6, 9)), encodeFloat32(theta.slice(12, 13))]);
  const moved = theta.map((value) => value + 0.1);
  expect(run.finalWeights).toEqual([Array.from(moved.slice(0, 6)), Array.from(moved.slice(9, 12))]);
  expect(run.finalBiases).toEqual([Array.from(moved.slice(6, 9)), Array.from(moved.slice(12, 13))]);
  // Three epochs begun: steps 1, 4 and 7.
  expect(run.case.order).toHaveLength(3);
  expect(run.trace.step).toHaveLength(7);
});

const cosine = { key: "lr", shape: "cosine", lr: 0.05, end: 0, length: 6 } as const;

test("makeRunFile writes a schedule as its exact value at each step of the run, and parseRunFile reads a value of 0", () => {
  const levels = { key: "lr", shape: "steps", lr: 0.4, factor: 0.5, every: 3, length: 90 } as const;
  const edits = [
    { step: 2, beta1: 0.5, schedule: cosine },
    { step: 3, beta2: 0.9 },
    { step: 12, schedule: levels },
    { step: 40, lr: 0.1 },
  ];
  const recipe = { ...small, edits };
  const run = runOf(recipe, 16);
  const at = (t: number) => rateAt(cosine, t);
  expect(run.case.changes).toEqual({
    "2": { lr: 0.05, beta1: 0.5 },
    "3": { lr: at(1), beta2: 0.9 },
    "4": { lr: at(2) },
    "5": { lr: at(3) },
    "6": { lr: at(4) },
    "7": { lr: at(5) },
    "8": { lr: 0 },
    "12": { lr: 0.4 },
    "15": { lr: 0.2 },
    "40": { lr: 0.1 },
  });
  expect(run.recipe.edits).toEqual(edits);
  expect(parseRunFile(asJson(run))).toEqual(run);
});

test("parseRunFile reads a long schedule, and refuses more changes than a recipe can have edits where no schedule gives them", () => {
  const length = limits.edits + 10;
  const recipe = parseRecipe({
    ...small,
    shuffle: false,
    edits: [{ step: 1, schedule: { ...cosine, length } }],
  }).recipe;
  const { trace: _, ...run } = asJson({ ...runOf(recipe, 0), case: caseOf(recipe, startOf(recipe, null), length) });
  expect(parseRunFile(run).recipe).toEqual(recipe);
  expect(faultOf({ ...run, recipe: small })).toBe(
    `case.changes: found changes at ${length} steps; allowed: changes at up to 100000 steps, or those of the recipe`,
  );
});

test("parseRunFile reads a diverged run, whose infinities JSON writes as null", () => {
  const start = startOf(small, null);
  const history = new History(tensorsOf(start.problem.sizes));
  const columns = measuredColumns(1, 4, history.tensors);
  columns.metrics.loss[3] = Number.POSITIVE_INFINITY;
  columns.gradNorms[6] = Number.NaN;
  history.append(columns);
  const theta = start.theta.map(() => Number.NaN);
  const run = makeRunFile({ recipe: small, start, history, theta, engine: "webgl", app: "0" });
  const parsed = parseRunFile(asJson(run));
  expect(parsed).toMatchObject({ case: run.case, finalWeights: [Array(6).fill(NaN), Array(3).fill(NaN)] });
});

test("makeRunFile throws when a shuffled run has more epochs than a file can list", () => {
  const recipe = parseRecipe({ rows: 20_000, inputs: 1, hidden: [], batchSize: 20_000, shuffle: true }).recipe;
  const start = startOf(recipe, null);
  const history = new History(tensorsOf(start.problem.sizes));
  history.append(measuredColumns(1, 1001, history.tensors));
  const run = { recipe, start, history, theta: start.theta, engine: "cpu", app: "0" } as const;
  expect(() => makeRunFile(run)).toThrow("The run shuffled 20000 rows in 1001 epochs");
});

describe("parseRunFile", () => {
  test.each(caseNames)("parseRunFile reads the reference case %s without a recipe or a trace", (name) => {
    const given = readCase(name);
    const parsed = parseRunFile({ format: "alphascope-run", version: 1, case: given });
    expect(parsed).toMatchObject({ recipe: defaultRecipe, engine: "unknown", case: given });
  });

  const floats = (...values: number[]) => encodeFloat32(values);
  const shuffledOrder = [...Array(12).keys()];
  const faults: readonly (readonly [fault: string, path: string, value: unknown])[] = [
    ["format: found nothing; allowed: alphascope-run", "format", undefined],
    ['format: found "csv"; allowed: alphascope-run', "format", "csv"],
    ["version: found 2; allowed: 1", "version", 2],
    ['version: found "1"; allowed: 1', "version", "1"],
    ["app: found 3;", "app", 3],
    ['engine: found "cuda"; allowed: webgl, cpu, unknown', "engine", "cuda"],
    ["recipe.lr: found -1; allowed: numbers from 1e-8 to 100", "recipe.lr", -1],
    ["recipe: found null; allowed: an object", "recipe", null],
    ["case: found nothing; allowed: an object", "case", undefined],
    ["case.name: found null;", "case.name", null],
    ['case.optimiser: found "shampoo"; allowed: adam, sgd, ', "case.optimiser", "shampoo"],
    ["case.start.weightDecay: found -1; allowed: numbers from 0 to 10", "case.start.weightDecay", -1],
    ["case.sizes: found [2]; allowed: a list of 2 to 8", "case.sizes", [2]],
    ["case.sizes[1]: found -3; allowed: a whole number from 1 to 1024", "case.sizes", [2, -3, 1]],
    ["case.sizes[2]: found 65; allowed: a whole number from 1 to 64", "case.sizes", [2, 3, 65]],
    [
      "case.sizes: found [1024, 1024, 1024, 1024, 1024, 1024, 1]; allowed: at most 4000000 parameters",
      "case.sizes",
      [1024, 1024, 1024, 1024, 1024, 1024, 1],
    ],
    ['case.activation: found "gelu"; allowed: relu, tanh, sigmoid', "case.activation", "gelu"],
    ['case.loss: found "mae"; allowed: mse, cross-entropy', "case.loss", "mae"],
    ["case.sizes: found [2, 3, 1]; allowed: two outputs or more for cross-entropy", "case.loss", "cross-entropy"],
    ["case.rows: found 0; allowed: a whole number from 1 to 20000", "case.rows", 0],
    ["case.x: found 24 values; allowed: 22", "case.rows", 11],
    ["case.steps: found 2000000; allowed: a whole number from 0 to 1000000", "case.steps", 2e6],
    ["case.start: found nothing; allowed: an object", "case.start", undefined],
    ["case.start.lr: found nothing; allowed: numbers from 1e-8 to 100", "case.start.lr", undefined],
    ["case.start.beta1: found 1;", "case.start.beta1", 1],
    ["case.start.momentum: unknown", "case.start.momentum", 0.5],
    ["case.start.shuffle: cannot be set here", "case.start.shuffle", true],
    ["case.changes: found [1]; allowed: an object", "case.changes", [1]],
    ['case.changes: found "0"; allowed: steps from 1 to 1000000', "case.changes", { "0": { lr: 1 } }],
    ['case.changes: found "1.5"; allowed: steps', "case.changes", { "1.5": { lr: 1 } }],
    ["case.changes[4].lr: found 1000;", "case.changes", { "4": { lr: 1000 } }],
    ["case.changes[4]: found 5; allowed: an object", "case.changes", { "4": 5 }],
    ["case.x: found null; allowed: base64 of 24 float32 values", "case.x", null],
    ['case.x: found "no base64!"; allowed: base64 of float32 values', "case.x", "no base64!"],
    ["case.x: found 3 values; allowed: 24", "case.x", floats(1, 2, 3)],
    ["case.y: found NaN as value 2; allowed: finite numbers", "case.y", floats(0, 0, Number.NaN, ...Array(9).fill(0))],
    ["case.weights: found []; allowed: a list of 2", "case.weights", []],
    ["case.weights[1]: found 2 values; allowed: 3", "case.weights.1", floats(1, 2)],
    ["case.biases[0]: found 3; allowed: base64 of 3", "case.biases.0", 3],
    ["case.biases[1]: found Infinity as value 0", "case.biases.1", floats(Number.POSITIVE_INFINITY)],
    ["case.order: found []; allowed: a list of 1", "case.order", []],
    ["case.order[0]: found [0, 1]; allowed: a list of 12", "case.order", [[0, 1]]],
    ["case.order[0][11]: found 0; allowed: each row once", "case.order", [shuffledOrder.with(11, 0)]],
    [
      "case.order[1][3]: found 12; allowed: a whole number from 0 to 11",
      "case.order",
      [shuffledOrder, shuffledOrder.with(3, 12)],
    ],
    ["case.ahead: found [1]; allowed: an object", "case.ahead", [1]],
    ['case.ahead: found "0"; allowed: epochs from 1 to 1000000', "case.ahead", { "0": shuffledOrder }],
    ["case.ahead[2][11]: found 0; allowed: each row once", "case.ahead", { "2": shuffledOrder.with(11, 0) }],
    ["trace: found 5; allowed: an object", "trace", 5],
    ["trace.nextSlope: found []; allowed: as many entries as trace.step, 7", "trace.nextSlope", []],
    [
      'trace.nextVerdict[1]: found "good"; allowed: minimum, behind, concave, flat, diverged, null',
      "trace.nextVerdict.1",
      "good",
    ],
    ["trace.loss: found nothing; allowed: a list", "trace.loss", undefined],
    ["trace.loss: found [1]; allowed: as many entries as trace.step, 7", "trace.loss", [1]],
    ['trace.slope[0]: found "1"; allowed: numbers, null', "trace.slope.0", "1"],
    ['trace.verdict[2]: found "good"; allowed: minimum, behind, concave, flat, diverged', "trace.verdict.2", "good"],
    ["trace.gradNorms[1]: found []; allowed: as many entries as trace.step, 7", "trace.gradNorms.1", []],
    ["finalWeights: found an object; allowed: a list of 0 to 7", "finalWeights", {}],
    ["finalBiases[0][1]: found true; allowed: numbers, null", "finalBiases.0.1", true],
  ];
  const run = asJson(runOf(small, 7));
  test.each(faults)("parseRunFile throws “%s”", (fault, path, value) => {
    expect(faultOf(changed(run, path, value))).toContain(fault);
  });

  test("parseRunFile refuses targets of cross-entropy that are not one-hot", () => {
    const good = asJson(runOf(classes, 2));
    expect(() => parseRunFile(good)).not.toThrow();
    for (const row of [
      [1, 1],
      [0, 0],
      [0.5, 0.5],
    ]) {
      const y = floats(...Array(11).fill([0, 1]).flat(), ...row);
      expect(faultOf(changed(good, "case.y", y))).toBe(
        'case.y: found "row 11"; allowed: a single 1 in each row, else 0',
      );
    }
  });

  test("parseRunFile returns a run file or throws an InputError for any value", () => {
    fc.assert(
      fc.property(anything, (input) => {
        expect(faultOf(input).length).toBeGreaterThan(0);
      }),
    );
  });

  test("parseRunFile names the field of a changed value or returns a run that can start", () => {
    const file = asJson(runOf({ ...small, edits: [{ step: 3, lr: 0.5 }] }, 7));
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(file)), fc.oneof(anything, fc.constant(undefined)), (path, value) => {
        const error = inputErrorOf(() => {
          const run = parseRunFile(changed(file, path, value));
          const start = startOf(run.recipe, run.case);
          expect(parseRecipe(start.recipe).errors).toEqual([]);
          expect(start.theta.every(Number.isFinite)).toBe(true);
          expect(parseRunFile(run)).toEqual(run);
        });
        if (error !== null) expect(error).toContain(path.split(".")[0]);
      }),
      { numRuns: 400 },
    );
  });
});

/** A copy with the value at a path replaced, or left out where it is undefined. */
function changed(object: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(object) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() as string;
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** The path to every field, and every entry of a list, in a JSON value. */
function pathsOf(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${at}${key}`, ...pathsOf(inner, `${at}${key}.`)]);
}
