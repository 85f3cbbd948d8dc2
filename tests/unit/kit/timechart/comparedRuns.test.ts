import { describe, expect, it } from "vitest";
import type { Recording } from "../../../../src/core/files/recording";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Edit } from "../../../../src/core/recipe/recipe";
import { partsOf, rowsOf } from "../../../../src/kit/chart/rows";
import { drawnRuns, longestRun } from "../../../../src/kit/timechart/drawnRuns";
import { extentWith, lookOf } from "../../../../src/kit/timechart/runLines";
import { comparedRunName } from "../../../../src/kit/timechart/runNames";
import { readComparedRuns } from "../../../../src/kit/timechart/runReadings";
import type { ComparedRun } from "../../../../src/session/compare/comparedRuns";
import { history } from "../../support/history";
import { reading } from "../../support/reading";
import { readCase } from "../../support/reference";
import { shippedTable } from "../../support/tables";

const comparedRun = (steps: number, more: Partial<ComparedRun> = {}): ComparedRun => {
  const own = history(steps, { loss: (step) => step, alphaStar: (step) => step / 100 });
  return {
    id: 1,
    kind: "pinned",
    place: 0,
    recipe: { ...defaultRecipe, lr: 0.01, beta1: 0.5 },
    case: null,
    alongside: false,
    goal: null,
    trained: () => steps,
    history: () => own,
    ...more,
  };
};

describe("comparedRunName", () => {
  const plain = { recipe: defaultRecipe, case: null, file: null };
  const edited = { recipe: { ...defaultRecipe, edits: [{ step: 20, lr: 0.1 }] }, case: null, file: null };

  it("comparedRunName lists the settings that differ from those of the current run", () => {
    expect(comparedRunName(comparedRun(1), plain)).toBe("lr 0.01, β₁ 0.5");
    const other = { recipe: { ...defaultRecipe, hidden: [16, 16], shuffle: true }, case: null };
    expect(comparedRunName(other, plain)).toBe("Shuffle rows on, Hidden layers 16-16");
    expect(comparedRunName(plain, plain)).toBe("the same recipe");
    expect(comparedRunName(edited, plain)).toBe("lr 0.1 from step 20");
    expect(comparedRunName(plain, edited)).toBe("lr 0.001 from step 20");
  });

  it("comparedRunName gives a recorded run its own name, and compares a trained run beside it with the default recipe", () => {
    const recording = { name: "a convnet" } as Recording;
    expect(comparedRunName({ ...plain, recording }, plain)).toBe("a convnet");
    expect(comparedRunName(plain, { ...plain, recording })).toBe("the default run");
    expect(comparedRunName(comparedRun(1), { ...plain, recording })).toBe("lr 0.01, β₁ 0.5");
  });

  it("comparedRunName names a schedule, also where it begins with the learning rate of the current run", () => {
    const schedule = { key: "lr", shape: "cosine", lr: 0.001, end: 0, length: 500 } as const;
    const of = (...edits: Edit[]) => ({ recipe: { ...defaultRecipe, edits }, case: null, file: null });
    const scheduled = of({ step: 20, schedule });
    const name = "lr 0.001 to 0, cosine over 500 steps";
    expect(comparedRunName(scheduled, plain)).toBe(`${name} from step 20`);
    expect(comparedRunName(plain, scheduled)).toBe("lr 0.001 from step 20");
    expect(comparedRunName(of({ step: 20, beta1: 0.5, schedule }), plain)).toBe(`β₁ 0.5, ${name} from step 20`);
    expect(comparedRunName(scheduled, of({ step: 20, schedule: { ...schedule, end: 1e-5 } }))).toBe(
      `${name} from step 20`,
    );
    expect(comparedRunName(of({ step: 20, schedule }, { step: 90, beta1: 0.5 }), scheduled)).toBe(
      "β₁ 0.5 from step 90",
    );
  });

  it("comparedRunName names the CSV file of a run on another file than the current run", async () => {
    const recipe = { ...defaultRecipe, dataset: "csv" as const };
    const table = { ...(await shippedTable("cars")), name: "two.csv" };
    expect(comparedRunName({ recipe, case: null, table }, { recipe, case: null, file: "one.csv" })).toBe("two.csv");
    expect(comparedRunName({ recipe, case: null, table }, { recipe, case: null, file: "two.csv" })).toBe(
      "the same recipe",
    );
  });

  it("comparedRunName is “other data” when the data of a file differ", () => {
    const from = readCase("notebook");
    const moved = { ...from, weights: from.weights.toReversed() };
    expect(comparedRunName({ ...plain, case: from }, plain)).toBe("other data");
    expect(comparedRunName({ ...edited, case: from }, { ...plain, case: moved })).toBe(
      "other data, lr 0.1 from step 20",
    );
    expect(comparedRunName({ ...plain, case: from }, { ...plain, case: structuredClone(from) })).toBe(
      "the same recipe",
    );
  });
});

describe("drawn runs", () => {
  it("drawnRuns returns the compared runs, preceded by the future steps after a rewind, each with its own stroke", () => {
    const own = history(300, {});
    const session = reading(own, [
      comparedRun(500),
      comparedRun(20, { id: 2, place: 1 }),
      comparedRun(9, { id: 3, kind: "branch" }),
    ]);
    expect(longestRun(session)).toBe(500);
    expect(drawnRuns(session).map(({ key }) => key)).toEqual(["compared-run-1", "compared-run-2", "compared-run-3"]);
    own.rewind(100);
    const runs = drawnRuns(session);
    expect(runs.map(({ key, history: { length } }) => [key, length])).toEqual([
      ["future-steps", 300],
      ["compared-run-1", 500],
      ["compared-run-2", 20],
      ["compared-run-3", 9],
    ]);
    expect(new Set(runs.slice(0, 3).map(({ colour, dash }) => colour + dash)).size).toBe(3);
  });

  it("readComparedRuns leaves out runs that are shorter than the step", () => {
    const session = reading(history(300, {}), [comparedRun(500), comparedRun(20, { id: 2 })]);
    expect(readComparedRuns(session, 30, (other, step) => other.value("loss", step))).toMatchObject([
      { value: "30.00" },
    ]);
  });
});

it("partsOf divides runs of different lengths at the same steps", () => {
  const x = { lo: 0, hi: 3000, ticks: [] };
  const [short, long] = [history(700, { loss: (step) => step }), history(2500, { loss: (step) => -step })];
  const parts = (length: number) => partsOf(length, x, 300);
  const steps = rowsOf(long, parts(2500), { value: "loss" }).map(({ step }) => step);
  const shorter = rowsOf(short, parts(700), { value: "loss" }).map(({ step }) => step);
  expect(shorter).toEqual(steps.slice(0, shorter.length));
  expect(shorter.length).toBeLessThan(steps.length / 3);
});

it("extentWith widens the extent for other runs by a factor of at most 100", () => {
  const line = (...values: number[]) => ({
    key: "compared-run-1",
    rows: values.map((value, i) => ({ step: i + 1, value })),
    look: lookOf({ colour: "", dash: "" }),
  });
  expect(extentWith([line(2, 3)], [1, 5])).toEqual([1, 5]);
  expect(extentWith([line(0.5, 9)], [1, 5])).toEqual([0.5, 9]);
  expect(extentWith([line(1e-9, 1e158)], [1, 5])).toEqual([0.01, 500]);
  expect(extentWith([line(2, 3)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toEqual([2, 3]);
  expect(extentWith([], [1, 5])).toEqual([1, 5]);
});
