import { expect, it, vi } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { browserKeeper } from "../../../../src/session/storage/keeper";
import { shippedTable } from "../../support/tables";

const large = vi.hoisted(() => new Map<string, unknown>());
vi.mock("idb-keyval", () => ({
  get: async (key: string) => structuredClone(large.get(key)),
  set: vi.fn(async (key: string, value: unknown) => void large.set(key, structuredClone(value))),
}));

it("browserKeeper stores the rows of a run once, and only the link when the recipe is sufficient", async () => {
  const small = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => small.get(key) ?? null,
    setItem: (key: string, value: string) => void small.set(key, value),
  });
  const { set } = await import("idb-keyval");
  expect(await browserKeeper.recall()).toBeNull();
  const plain = { recipe: { ...defaultRecipe, lr: 0.3 }, step: 7, case: null, table: null };
  browserKeeper.keep(plain);
  expect(await browserKeeper.recall()).toEqual(plain);
  expect(set).not.toHaveBeenCalled();

  const table = await shippedTable("cars");
  const recipe = { ...defaultRecipe, dataset: "csv" as const };
  for (const step of [8, 9]) browserKeeper.keep({ recipe, step, case: null, table });
  expect(set).toHaveBeenCalledTimes(1);
  expect(await browserKeeper.recall()).toEqual({ recipe, step: 9, case: null, table });
  // Another tab has stored another run.
  large.set("alphascope-run", { id: "another", case: null, table: null });
  expect(await browserKeeper.recall()).toBeNull();
});
