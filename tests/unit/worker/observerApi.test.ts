import { expect, it } from "vitest";
import { recipeOfCase } from "../../../src/core/data/start";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { Recipe } from "../../../src/core/recipe/recipe";
import type { LoadRequest, StepQuestion } from "../../../src/worker/api";
import { createObserverApi } from "../../../src/worker/observerApi";
import { createOpenEngine, type OpenEngine } from "../../../src/worker/open";
import { createTrainerApi } from "../../../src/worker/trainerApi";
import { readCase, readTrace } from "../support/reference";

const forever = Number.POSITIVE_INFINITY;
const options = { on: "batch", resamples: 4 } as const;

/** A trainer and an observer with one run, and the number of engines that the observer has open. */
async function loaded(request: Partial<LoadRequest> = {}, reported: { software?: boolean; kind?: "webgl" } = {}) {
  let [opened, ids] = [0, 0];
  const openEngine = createOpenEngine(null);
  const asReported: OpenEngine = async (...args) => {
    opened++;
    const one = await openEngine(...args);
    return { ...one, report: { ...one.report, ...reported }, dispose: () => opened-- };
  };
  const [trainer, observer] = [createTrainerApi(openEngine), createObserverApi(asReported)];
  const complete = { recipe: defaultRecipe, case: null, engine: null, judged: true, ...request };
  const { start, engine } = await trainer.load(complete);
  await observer.load(complete, { ...engine, ...reported });
  const about = (step: number, from = start, { recipe = complete.recipe, quick = false } = {}): StepQuestion => ({
    ...{ id: ++ids, step, from, recipe, quick },
  });
  return { trainer, observer, start, engine, about, opened: () => opened };
}

it("inspect and evaluate reject before a run is loaded", async () => {
  const { about } = await loaded();
  const observer = createObserverApi(createOpenEngine(null));
  await expect(observer.inspect(about(1))).rejects.toThrow("loaded");
  await expect(observer.evaluate({ id: 1 }, Float64Array.of(0))).rejects.toThrow("loaded");
});

it("probe gives PyTorch's slope and curvature along d on all data", async () => {
  const source = readCase("tanh-teacher");
  const { observer, about } = await loaded({ recipe: recipeOfCase(defaultRecipe, source), case: source });
  for (const [i, row] of readTrace("tanh-teacher").rows.slice(0, 10).entries()) {
    const { slope, curvature } = (await observer.probe(about(i + 1), "along", { on: "full", resamples: 1 }))!.full;
    expect(Math.abs(slope - row.slopeFull)).toBeLessThan(1e-9 * Math.abs(row.slopeFull));
    expect(Math.abs(curvature - row.curvatureFull)).toBeLessThan(1e-9 * Math.abs(row.curvatureFull));
  }
});

it("inspect, slice and probe answer for the step that each names, in any order", async () => {
  const { trainer, observer, start, about } = await loaded({ recipe: { ...defaultRecipe, shuffle: true } });
  const first = await trainer.advance(30, forever, null);
  const recipe: Recipe = await trainer.edit({ lr: 0.05, batchSize: 11 }, 0);
  const { columns } = await trainer.advance(10, forever, null);
  const later = { recipe };
  const [inspection, slice, along] = await Promise.all([
    observer.inspect(about(30, start, later)),
    observer.slice(about(33, first.checkpoint, later), Float64Array.of(0), forever),
    observer.probe(about(7, start, later), "along", options),
  ]);
  expect(inspection).toMatchObject({ step: 30, batch: 32, direction: first.direction, settings: { lr: 0.001 } });
  expect(slice).toMatchObject({ step: 33, fullRows: 1000 });
  expect(slice.batch[0]).toBeCloseTo(columns.metrics.loss[2] as number, 12);
  expect(along).toMatchObject({ step: 7, on: "batch", rows: 32 });
  expect(along?.batch.slope).toBeCloseTo(first.columns.metrics.slope[6] as number, 12);
  expect(await observer.inspect(about(31, first.checkpoint, later))).toMatchObject({
    batch: 11,
    settings: { lr: 0.05 },
  });
});

it("drop rejects a question between two time slices, and other questions are answered", async () => {
  const { observer, about } = await loaded({ recipe: { ...defaultRecipe, hidden: [64, 64] } });
  const long = about(20_000);
  const waiting = about(30_000);
  const answers = [observer.inspect(long), observer.inspect(waiting)];
  const other = observer.inspect(about(2));
  await observer.drop([long.id, waiting.id]);
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ name: "Dropped" });
  expect((await other).step).toBe(2);
});

it("load drops the questions about the run before, and frees its engines", async () => {
  const { observer, about, opened, engine } = await loaded();
  await observer.inspect(about(2));
  const underWay = observer.probe(about(20_000), "spectrum", { ...options, on: "full" });
  const recipe = { ...defaultRecipe, hidden: [2] };
  const loading = observer.load({ recipe, case: null, engine: null, judged: true }, engine);
  await expect(underWay).rejects.toMatchObject({ name: "Dropped" });
  await loading;
  expect(opened()).toBe(0);
  const { start } = await createTrainerApi(createOpenEngine(null)).load({
    recipe,
    case: null,
    engine: null,
    judged: true,
  });
  expect((await observer.inspect(about(2, start, { recipe }))).theta).toHaveLength(25);
  expect(opened()).toBe(1);
});

it("inspect, slice and probe use plain loops for a single step of a WebGL run when quick is true, else a WebGL engine", async () => {
  const { trainer, observer, start, about, opened } = await loaded({}, { kind: "webgl" });
  const { checkpoint, direction } = await trainer.advance(1, forever, null);
  const quick = await observer.inspect(about(1, start, { quick: true }));
  const slice = await observer.slice(about(1, start, { quick: true }), Float64Array.of(0), forever);
  const along = await observer.probe(about(1, start, { quick: true }), "along", options);
  expect([opened(), slice.step]).toEqual([0, 1]);
  expect(quick).toMatchObject({ step: 1, direction, m: checkpoint.m, v: checkpoint.v });
  // A step that needs a replay.
  await observer.inspect(about(3, start, { quick: true }));
  expect(opened()).toBe(1);
  expect(await observer.inspect(about(1))).toEqual(quick);
  expect(await observer.probe(about(1), "along", options)).toEqual(along);
  expect(opened()).toBe(1);
});

it("inspect uses plain loops for a large step only when the GPU is emulated in software", async () => {
  const recipe = { ...defaultRecipe, hidden: [128, 128], batchSize: 64 };
  for (const software of [false, true]) {
    const { observer, start, about, opened } = await loaded({ recipe }, { kind: "webgl", software });
    await observer.inspect(about(1, start, { recipe, quick: true }));
    expect(opened()).toBe(software ? 0 : 1);
  }
});

it("inspect rejects when the observer cannot open an engine of the kind that trains", async () => {
  const { observer, about, engine } = await loaded();
  await observer.load({ recipe: defaultRecipe, case: null, engine: null, judged: true }, { ...engine, kind: "webgl" });
  await expect(observer.inspect(about(1))).rejects.toThrow("no second engine");
});
