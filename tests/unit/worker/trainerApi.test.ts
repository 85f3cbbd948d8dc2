import { expect, it } from "vitest";
import { recipeOfCase } from "../../../src/core/data/start";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { createOpenEngine } from "../../../src/worker/open";
import { createTrainerApi } from "../../../src/worker/trainerApi";
import { readCase, readTrace } from "../support/reference";

const newApi = () => createTrainerApi(createOpenEngine(null));

it("load resolves to the engine that trains and the state at step 0", async () => {
  const { engine, start } = await newApi().load({ recipe: defaultRecipe, case: null, engine: "cpu" });
  expect(engine).toEqual({
    kind: "cpu",
    renderer: "JavaScript",
    why: expect.stringContaining("?engine=cpu"),
    software: false,
  });
  expect(start).toMatchObject({ step: 0, c1: 0, c2: 0, epoch: 0, position: 0 });
  expect(start.theta).toHaveLength(61);
});

it("advance and edit reject before a run is loaded", async () => {
  await expect(newApi().advance(1, 10)).rejects.toThrow("loaded");
  await expect(newApi().edit({ lr: 1 }, 0)).rejects.toThrow("loaded");
});

it("load keeps the current run when the next run cannot be loaded", async () => {
  const api = newApi();
  await api.load({ recipe: defaultRecipe, case: null, engine: null });
  await api.advance(3, Number.POSITIVE_INFINITY);
  const damaged = { ...readCase("notebook"), x: "not base64" };
  await expect(api.load({ recipe: defaultRecipe, case: damaged, engine: null })).rejects.toThrow("base64");
  expect((await api.advance(1, 10)).columns.first).toBe(4);
});

it("probe gives PyTorch's slope and curvature along d on all data", async () => {
  const source = readCase("tanh-teacher");
  const api = newApi();
  const { start } = await api.load({ recipe: recipeOfCase(defaultRecipe, source), case: source, engine: null });
  for (const [i, row] of readTrace("tanh-teacher").rows.slice(0, 10).entries()) {
    await api.advance(1, Number.POSITIVE_INFINITY);
    const { slope, curvature } = (await api.probe("along", i + 1, start, { on: "full", resamples: 1 }))!.full;
    expect(Math.abs(slope - row.slopeFull)).toBeLessThan(1e-9 * Math.abs(row.slopeFull));
    expect(Math.abs(curvature - row.curvatureFull)).toBeLessThan(1e-9 * Math.abs(row.curvatureFull));
  }
});

it("inspect replays any step and does not change the run", async () => {
  const recipe = { ...defaultRecipe, shuffle: true };
  const [api, undisturbed] = [newApi(), newApi()];
  const { start } = await api.load({ recipe, case: null, engine: null });
  await undisturbed.load({ recipe, case: null, engine: null });
  await expect(api.slice(Float64Array.of(0))).rejects.toThrow("inspected");
  const first = await api.advance(30, Number.POSITIVE_INFINITY);
  await api.edit({ lr: 0.05, batchSize: 11 }, 0);
  const [, inspection, later] = await Promise.all([
    api.advance(30, Number.POSITIVE_INFINITY),
    api.inspect(30, start),
    api.advance(5, Number.POSITIVE_INFINITY),
  ]);
  expect(inspection).toMatchObject({ step: 30, batch: 32, direction: first.direction, settings: { lr: 0.001 } });
  expect(await api.inspect(31, first.checkpoint)).toMatchObject({ step: 31, batch: 11, settings: { lr: 0.05 } });

  await undisturbed.advance(30, Number.POSITIVE_INFINITY);
  await undisturbed.edit({ lr: 0.05, batchSize: 11 }, 0);
  expect(later.checkpoint).toEqual((await undisturbed.advance(35, Number.POSITIVE_INFINITY)).checkpoint);
});

it("inspect replays steps of the current run, and load frees the engines of the run before", async () => {
  let open = 0;
  const openEngine = createOpenEngine(null);
  const api = createTrainerApi(async (...args) => {
    open++;
    const opened = await openEngine(...args);
    return { ...opened, dispose: () => open-- };
  });
  const { start } = await api.load({ recipe: defaultRecipe, case: null, engine: null });
  await api.advance(3, Number.POSITIVE_INFINITY);
  await api.inspect(2, start);
  expect(open).toBe(2);
  const small = await api.load({ recipe: { ...defaultRecipe, hidden: [2] }, case: null, engine: null });
  await api.advance(3, Number.POSITIVE_INFINITY);
  expect((await api.inspect(2, small.start)).theta).toHaveLength(25);
  expect(open).toBe(2);
});

/** A worker whose cpu engines are reported as WebGL engines, and the number of opened engines. */
function onGpu() {
  let open = 0;
  const openEngine = createOpenEngine(null);
  const api = createTrainerApi(async (...args) => {
    open++;
    const opened = await openEngine(...args);
    return { ...opened, report: { ...opened.report, kind: "webgl" } };
  });
  return { api, opened: () => open };
}

it("inspect uses the cpu engine for the latest step of a WebGL run when quick is true, else a WebGL engine", async () => {
  const { api, opened } = onGpu();
  const { start } = await api.load({ recipe: defaultRecipe, case: null, engine: null });
  const { checkpoint, direction } = await api.advance(1, Number.POSITIVE_INFINITY);
  const quick = await api.inspect(1, start, true);
  const { full, step } = await api.slice(Float64Array.of(0));
  expect([opened(), step]).toEqual([1, 1]);
  expect(full[0]).toBeGreaterThan(0);
  expect(quick).toMatchObject({ step: 1, direction, m: checkpoint.m, v: checkpoint.v });
  expect(await api.inspect(1, start)).toEqual(quick);
  expect(opened()).toBe(2);
  await api.advance(9, Number.POSITIVE_INFINITY);
  await api.inspect(10, start, true);
  expect(opened()).toBe(2);
});

it("probe answers for any step, and does not change the run or the step of slice", async () => {
  const api = newApi();
  const options = { on: "batch", resamples: 4 } as const;
  const { start } = await api.load({ recipe: defaultRecipe, case: null, engine: null });
  const { columns, checkpoint } = await api.advance(20, Number.POSITIVE_INFINITY);
  await api.inspect(20, start);
  const along = await api.probe("along", 7, start, options);
  expect(along).toMatchObject({ step: 7, on: "batch", rows: 32 });
  expect(along?.batch.slope).toBeCloseTo(columns.metrics.slope[6] as number, 12);
  expect(along?.batch.alphaStar).toBeCloseTo(columns.metrics.alphaStar[6] as number, 8);
  expect(await api.slice(Float64Array.of(0))).toMatchObject({ step: 20 });
  expect(await api.probe("resamples", 7, start, options)).toMatchObject({ step: 7, batchSize: 32 });
  expect(await api.probe("spectrum", 20, start, options)).toMatchObject({ step: 20 });
  expect((await api.advance(1, Number.POSITIVE_INFINITY)).columns.first).toBe(21);

  const underWay = api.probe("spectrum", 21, checkpoint, { ...options, on: "full" });
  await api.load({ recipe: { ...defaultRecipe, hidden: [2] }, case: null, engine: null });
  await expect(underWay).rejects.toThrow("closed");
});

it("probe uses the cpu engine for the latest step of a WebGL run when quick is true", async () => {
  const { api, opened } = onGpu();
  const options = { on: "batch", resamples: 4 } as const;
  const { start } = await api.load({ recipe: defaultRecipe, case: null, engine: null });
  await api.advance(1, Number.POSITIVE_INFINITY);
  const quick = await api.probe("along", 1, start, options, true);
  expect(opened()).toBe(1);
  expect(await api.probe("along", 1, start, options)).toEqual(quick);
  expect(opened()).toBe(2);
});
