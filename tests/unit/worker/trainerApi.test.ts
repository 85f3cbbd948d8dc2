import { expect, it } from "vitest";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { createOpenEngine } from "../../../src/worker/open";
import { createTrainerApi } from "../../../src/worker/trainerApi";
import { readCase } from "../support/reference";

const newApi = () => createTrainerApi(createOpenEngine(null));

it("load resolves to the engine that trains and the state at step 0", async () => {
  const { engine, start } = await newApi().load({ recipe: defaultRecipe, case: null, engine: "cpu", judged: true });
  expect(engine).toEqual({
    kind: "cpu",
    renderer: "CPU, WebAssembly",
    reason: "selected",
    why: expect.stringContaining("?engine=cpu"),
    software: false,
  });
  expect(start).toMatchObject({ step: 0, c1: 0, c2: 0, epoch: 0, position: 0 });
  expect(start.theta).toHaveLength(61);
});

it("advance and edit reject before a run is loaded", async () => {
  await expect(newApi().advance(1, 10, null)).rejects.toThrow("loaded");
  await expect(newApi().edit({ lr: 1 }, 0)).rejects.toThrow("loaded");
});

it("load keeps the current run when the next run cannot be loaded", async () => {
  const api = newApi();
  await api.load({ recipe: defaultRecipe, case: null, engine: null, judged: true });
  await api.advance(3, Number.POSITIVE_INFINITY, null);
  const damaged = { ...readCase("notebook"), x: "not base64" };
  await expect(api.load({ recipe: defaultRecipe, case: damaged, engine: null, judged: true })).rejects.toThrow(
    "base64",
  );
  expect((await api.advance(1, 10, null)).columns.first).toBe(4);
});

it("restore returns to a checkpoint of the run", async () => {
  const api = newApi();
  await api.load({ recipe: defaultRecipe, case: null, engine: null, judged: true });
  const { checkpoint } = await api.advance(3, Number.POSITIVE_INFINITY, null);
  const { columns } = await api.advance(2, Number.POSITIVE_INFINITY, null);
  await api.restore(checkpoint);
  expect((await api.advance(2, Number.POSITIVE_INFINITY, null)).columns).toEqual(columns);
});

it("load frees the engine of the run before", async () => {
  let open = 0;
  const openEngine = createOpenEngine(null);
  const api = createTrainerApi(async (...args) => {
    open++;
    const opened = await openEngine(...args);
    return { ...opened, dispose: () => open-- };
  });
  for (const hidden of [[5], [2]])
    await api.load({ recipe: { ...defaultRecipe, hidden }, case: null, engine: null, judged: true });
  expect(open).toBe(1);
});
