import { expect, it } from "vitest";
import { defaultRecipe } from "../../../src/core/controls";
import { recipeOfCase } from "../../../src/core/start";
import { createOpenEngine } from "../../../src/worker/open";
import { createTrainerApi } from "../../../src/worker/trainerApi";
import { readCase, readTrace } from "../reference";

const newApi = () => createTrainerApi(createOpenEngine(null));

it("says which engine trains and where the run starts", async () => {
  const { engine, start } = await newApi().load({ recipe: defaultRecipe, case: null, engine: "cpu" });
  expect(engine).toEqual({ kind: "cpu", renderer: "JavaScript", why: expect.stringContaining("?engine=cpu") });
  expect(start).toMatchObject({ step: 0, c1: 0, c2: 0, epoch: 0, position: 0 });
  expect(start.theta).toHaveLength(61);
});

it("refuses to train what has not been loaded", async () => {
  await expect(newApi().advance(1, 10)).rejects.toThrow("loaded");
  await expect(newApi().edit({ lr: 1 })).rejects.toThrow("loaded");
});

it("keeps the run when another cannot be loaded", async () => {
  const api = newApi();
  await api.load({ recipe: defaultRecipe, case: null, engine: null });
  await api.advance(3, Number.POSITIVE_INFINITY);
  const damaged = { ...readCase("notebook"), x: "not base64" };
  await expect(api.load({ recipe: defaultRecipe, case: damaged, engine: null })).rejects.toThrow("base64");
  expect((await api.advance(1, 10)).columns.first).toBe(4);
});

it("measures slope and curvature on all the data, along d where it was measured", async () => {
  const source = readCase("tanh-teacher");
  const api = newApi();
  await api.load({ recipe: recipeOfCase(defaultRecipe, source), case: source, engine: null });
  await expect(api.probeFull()).rejects.toThrow("step");
  for (const row of readTrace("tanh-teacher").rows.slice(0, 10)) {
    await api.advance(1, Number.POSITIVE_INFINITY);
    const { slope, curvature } = await api.probeFull();
    expect(Math.abs(slope - row.slopeFull)).toBeLessThan(1e-9 * Math.abs(row.slopeFull));
    expect(Math.abs(curvature - row.curvatureFull)).toBeLessThan(1e-9 * Math.abs(row.curvatureFull));
  }
});
