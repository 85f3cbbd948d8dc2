import { describe, expect, it } from "vitest";
import { verdicts } from "../../../../src/core/history/alpha";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { medianAlpha } from "../../../../src/features/timecharts/AlphaChart";
import { partsOf, rowsOf } from "../../../../src/kit/chart/rows";
import {
  comparedRunName,
  drawnRuns,
  extentWith,
  longest,
  lookOf,
  readComparedRuns,
} from "../../../../src/kit/timechart/comparedRuns";
import type { ComparedRun } from "../../../../src/session/compare/comparedRuns";
import { history } from "../../support/history";
import { reading } from "../../support/reading";
import { readCase } from "../../support/reference";

const comparedRun = (steps: number, more: Partial<ComparedRun> = {}): ComparedRun => {
  const own = history(steps, { loss: (step) => step, alphaStar: (step) => step / 100 });
  return {
    id: 1,
    kind: "pinned",
    place: 0,
    recipe: { ...defaultRecipe, lr: 0.01, beta1: 0.5 },
    case: null,
    alongside: false,
    trained: () => steps,
    history: () => own,
    ...more,
  };
};

describe("a comparedRun's name", () => {
  const plain = { recipe: defaultRecipe, case: null };
  const edited = { recipe: { ...defaultRecipe, edits: [{ step: 20, lr: 0.1 }] }, case: null };

  it("says what it has that the run has not", () => {
    expect(comparedRunName(comparedRun(1), plain)).toBe("lr 0.01, β₁ 0.5");
    const other = { recipe: { ...defaultRecipe, hidden: [16, 16], shuffle: true }, case: null };
    expect(comparedRunName(other, plain)).toBe("Shuffle rows on, Hidden layers 16-16");
    expect(comparedRunName(plain, plain)).toBe("the same recipe");
    expect(comparedRunName(edited, plain)).toBe("lr 0.1 from step 20");
    expect(comparedRunName(plain, edited)).toBe("lr 0.001 from step 20");
  });

  it("tells data of a file from others", () => {
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

describe("what is drawn beside the run", () => {
  it("is its own future where it has gone back, and its comparedRuns, each in its colour and dash", () => {
    const own = history(300, {});
    const session = reading(own, [
      comparedRun(500),
      comparedRun(20, { id: 2, place: 1 }),
      comparedRun(9, { id: 3, kind: "branch" }),
    ]);
    expect(longest(session)).toBe(500);
    expect(drawnRuns(session).map(({ key }) => key)).toEqual(["compared-run-1", "compared-run-2", "compared-run-3"]);
    own.rewind(100);
    const runs = drawnRuns(session);
    expect(runs.map(({ key, history: { length } }) => [key, length])).toEqual([
      ["ahead", 300],
      ["compared-run-1", 500],
      ["compared-run-2", 20],
      ["compared-run-3", 9],
    ]);
    expect(new Set(runs.slice(0, 3).map(({ colour, dash }) => colour + dash)).size).toBe(3);
  });

  it("is read at a step by those that have it", () => {
    const session = reading(history(300, {}), [comparedRun(500), comparedRun(20, { id: 2 })]);
    expect(readComparedRuns(session, 30, (other, step) => other.value("loss", step))).toMatchObject([
      { value: "30.00" },
    ]);
  });
});

it("rows of runs of different length fall on one another", () => {
  const x = { lo: 0, hi: 3000, ticks: [] };
  const [short, long] = [history(700, { loss: (step) => step }), history(2500, { loss: (step) => -step })];
  const parts = (length: number) => partsOf(length, x, 2500);
  const steps = rowsOf(long, parts(2500), { value: "loss" }).map(({ step }) => step);
  const shorter = rowsOf(short, parts(700), { value: "loss" }).map(({ step }) => step);
  expect(shorter).toEqual(steps.slice(0, shorter.length));
  expect(shorter.length).toBeLessThan(steps.length / 3);
});

it("the middle of α* leaves out steps without a minimum", () => {
  const behind = verdicts.indexOf("behind");
  const run = history(40, { alphaStar: (step) => step, verdict: (step) => (step % 2 ? behind : 0) });
  expect(medianAlpha(run, 3)).toBe(2);
  expect(medianAlpha(run, 40)).toBe(25);
  expect(medianAlpha(run, 1)).toBeNull();
});

it("a run that has diverged does not make this one a line on the floor", () => {
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
