import { get } from "idb-keyval";
import { beforeEach, expect, it, vi } from "vitest";
import type { Table } from "../../../../src/core/data/table";
import type { Case } from "../../../../src/core/files/case";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createKeeper, type Kept } from "../../../../src/session/storage/keeper";
import { storageLimits } from "../../../../src/session/storage/removeOldest";
import { openTab } from "../../../../src/session/storage/tab";
import { browserTables } from "../../../../src/session/storage/tables";
import { fakeBrowser } from "../../support/fakeBrowser";
import { shippedTable } from "../../support/tables";

const large = vi.hoisted(() => new Map<string, unknown>());
vi.mock("idb-keyval", () => ({
  get: vi.fn(async (key: string) => structuredClone(large.get(key))),
  set: vi.fn(async (key: string, value: unknown) => void large.set(key, structuredClone(value))),
  del: async (key: string) => void large.delete(key),
  delMany: async (keys: string[]) => keys.forEach((key) => void large.delete(key)),
  keys: async () => [...large.keys()],
}));

const ofCsv: Recipe = { ...defaultRecipe, dataset: "csv" };
const plain: Kept = { recipe: { ...defaultRecipe, lr: 0.3 }, step: 7, case: null, table: null, pinned: [] };
const onCsv: Kept = { ...plain, recipe: ofCsv };
const any = () => true;
let browser: ReturnType<typeof fakeBrowser>;
let cars: Table;

beforeEach(async () => {
  large.clear();
  browser = fakeBrowser();
  // Each time that is read is later than the one before.
  let now = 0;
  vi.spyOn(Date, "now").mockImplementation(() => ++now);
  cars = { ...(await shippedTable("cars")), name: "cars.csv" };
});

/** Another table; `value` makes its content its own. */
const other = (value: number, name = "other.csv"): Table => ({
  ...cars,
  name,
  train: { ...cars.train, y: cars.train.y.map(() => value) },
});

const dataKeys = () => [...large.keys()].filter((key) => key.startsWith("alphascope-data "));

it("createKeeper stores the rows of a run once, and only the link where the recipe is sufficient", async () => {
  const { set } = await import("idb-keyval");
  browser.tab();
  const keeper = createKeeper(openTab());
  expect(await keeper.own()).toBeNull();
  expect(await keeper.keep(plain)).toBe(true);
  expect(await keeper.own()).toEqual(plain);
  expect(set).not.toHaveBeenCalled();

  const run = { ...onCsv, table: cars };
  for (const step of [8, 9]) expect(await keeper.keep({ ...run, step })).toBe(true);
  // Another object with the same content is not stored again.
  await keeper.keep({ ...run, table: structuredClone(cars), step: 10 });
  expect(set).toHaveBeenCalledTimes(1);
  expect(await keeper.own()).toEqual({ ...run, step: 10 });
  const changed = { ...cars, train: { ...cars.train, y: cars.train.y.with(5, 0.25) } };
  await keeper.keep({ ...run, table: changed, step: 11 });
  expect(await keeper.own()).toEqual({ ...run, table: changed, step: 11 });
});

it("createKeeper keeps the run of each tab, and removes data that no run refers to", async () => {
  const first = browser.tab();
  const one = createKeeper(openTab());
  await one.keep({ ...onCsv, step: 40, table: cars });
  browser.tab();
  const two = createKeeper(openTab());
  await two.keep({ ...onCsv, step: 50, table: other(2) });
  first.hide();
  first.enter();
  const again = createKeeper(openTab());
  expect(await again.own()).toMatchObject({ step: 40, table: { name: "cars.csv" } });
  expect(await two.own()).toMatchObject({ step: 50, table: { name: "other.csv" } });
  expect(dataKeys()).toHaveLength(2);
  await again.keep(plain);
  await expect.poll(dataKeys).toHaveLength(1);
  expect(await two.own()).toMatchObject({ step: 50, table: { name: "other.csv" } });
});

it("createKeeper gives the newest fitting run of closed tabs, and none of open tabs", async () => {
  const [closed, crashed] = [browser.tab(), browser.tab()];
  closed.enter();
  await createKeeper(openTab()).keep({ ...plain, step: 40 });
  closed.hide();
  crashed.enter();
  await createKeeper(openTab()).keep({ ...plain, recipe: ofCsv, table: cars, step: 50 });
  browser.tab();
  const third = createKeeper(openTab());
  expect(await third.closed(any)).toMatchObject({ step: 40 });
  crashed.crash();
  expect(await third.closed(any)).toMatchObject({ step: 50, table: { name: "cars.csv" } });
  expect(await third.closed(({ dataset }) => dataset === "noise")).toMatchObject({ step: 40 });
  expect(await third.closed(({ lr }) => lr === 5)).toBeNull();
  // A run whose rows are gone is left out; for its own tab the file is named.
  large.clear();
  expect(await third.closed(any)).toMatchObject({ step: 40 });
});

it("openTab gives a duplicated tab and a page after a crash a copy of the entry", async () => {
  const first = browser.tab();
  const one = createKeeper(openTab());
  await one.keep(plain);
  browser.tab(first);
  const copy = createKeeper(openTab());
  expect(await copy.own()).toEqual(plain);
  await copy.keep({ ...plain, step: 99 });
  expect(await one.own()).toEqual(plain);
  first.crash();
  first.enter();
  expect(await createKeeper(openTab()).own()).toEqual(plain);
});

it("createKeeper names the file whose rows are no longer stored", async () => {
  browser.tab();
  const tab = openTab();
  const keeper = createKeeper(tab);
  await browserTables(tab).keep(cars);
  await keeper.keep({ ...onCsv, step: 40, table: cars });
  large.clear();
  const lost = "dataset: the rows of cars.csv are no longer in this browser. Open the file again.";
  await expect(keeper.own()).rejects.toThrow(lost);
  await expect(browserTables(tab).own()).rejects.toThrow(lost);
});

it("createKeeper names each pinned run whose rows are no longer stored", async () => {
  browser.tab();
  const keeper = createKeeper(openTab());
  const pinned = { step: 40, case: null, place: 0, alongside: false };
  await keeper.keep({
    ...plain,
    pinned: [
      { ...pinned, recipe: { ...ofCsv, lr: 0.3 }, table: cars },
      { ...pinned, recipe: plain.recipe, table: null, place: 1 },
    ],
  });
  expect(await keeper.own()).not.toHaveProperty("lost");
  large.clear();
  const kept = await keeper.own();
  expect(kept?.pinned).toMatchObject([{ place: 1, recipe: plain.recipe }]);
  expect(kept?.lost).toEqual([
    "The pinned run #lr=0.3&dataset=csv is not restored. dataset: the rows of cars.csv are no longer in this browser. Open the file again.",
  ]);
});

it("createKeeper names the file whose rows the browser's storage does not give within three seconds", async () => {
  browser.tab();
  const keeper = createKeeper(openTab());
  await keeper.keep({ ...onCsv, step: 40, table: cars });
  vi.useFakeTimers();
  vi.mocked(get).mockReturnValueOnce(new Promise(() => {}));
  const refused = expect(keeper.own()).rejects.toThrow(
    "dataset: the browser's storage does not give the rows of cars.csv. Reload the page.",
  );
  await vi.advanceTimersByTimeAsync(3000);
  await refused;
  vi.useRealTimers();
});

it("browserTables keeps the CSV of each tab, and lends the CSV opened last to a tab without one", async () => {
  const [first, second] = [browser.tab(), browser.tab()];
  first.enter();
  const one = openTab();
  await browserTables(one).keep(cars);
  second.enter();
  const two = openTab();
  await browserTables(two).keep(other(2));
  expect(await browserTables(one).own()).toEqual(cars);
  expect(browserTables(one).adopt(cars)).toBe(false);
  browser.tab();
  const third = openTab();
  const tables = browserTables(third);
  const lent = await tables.own();
  expect(lent?.name).toBe("other.csv");
  expect(tables.adopt(cars)).toBe(false);
  expect(tables.adopt(lent as Table)).toBe(true);
  expect(tables.adopt(lent as Table)).toBe(false);
  await browserTables(one).keep(other(3, "third.csv"));
  expect((await browserTables(third).own())?.name).toBe("other.csv");
});

it("createKeeper removes the oldest runs beyond the limits, and no run of an open tab before them", async () => {
  const keep = async (step: number, limits: typeof storageLimits) => {
    const tab = browser.tab();
    const keeper = createKeeper(openTab(), limits);
    expect(await keeper.keep({ ...onCsv, step, table: other(step) })).toBe(true);
    return { keeper, end: () => tab.crash() };
  };
  const opened = await keep(1, storageLimits);
  for (let step = 2; step <= 5; step++) (await keep(step, { ...storageLimits, tabs: 3 })).end();
  expect(dataKeys()).toHaveLength(3);
  expect(browser.local.length).toBe(3);
  expect(await opened.keeper.own()).toMatchObject({ step: 1 });
  for (let step = 6; step <= 9; step++) (await keep(step, { ...storageLimits, bytes: 40_000 })).end();
  expect(dataKeys()).toHaveLength(2);
  expect(await opened.keeper.own()).toMatchObject({ step: 1 });
});

it("createKeeper removes the oldest entries where the local storage is full, and stores nothing where it is blocked", async () => {
  browser.tab().crash();
  await createKeeper(openTab()).keep(plain);
  browser.tab();
  const keeper = createKeeper(openTab());
  const { setItem } = browser.local;
  browser.local.setItem = (key, value) => {
    if (browser.local.length > 0 && !browser.local.values.has(key)) throw new Error("QuotaExceededError");
    setItem(key, value);
  };
  expect(await keeper.keep({ ...plain, step: 8 })).toBe(true);
  expect(browser.local.length).toBe(1);
  browser.local.setItem = () => {
    throw new Error("SecurityError");
  };
  expect(await keeper.keep({ ...plain, step: 9 })).toBe(false);
});

it("createKeeper and browserTables give null where every storage is blocked", async () => {
  for (const name of ["localStorage", "sessionStorage", "navigator"]) vi.stubGlobal(name, undefined);
  const tab = openTab();
  const keeper = createKeeper(tab);
  expect(await keeper.keep(plain)).toBe(false);
  expect(await keeper.own()).toBeNull();
  expect(await keeper.closed(any)).toBeNull();
  const tables = browserTables(tab);
  expect(await tables.own()).toBeNull();
  expect(await tables.keep(cars)).toBe(false);
  // The table of this page stays.
  expect(await tables.own()).toBe(cars);
});

it("createKeeper and browserTables find the run and the CSV of earlier versions of the page", async () => {
  const from = { name: "a case" } as Case;
  browser.local.setItem("alphascope-run", JSON.stringify({ link: "#lr=0.3", step: 60, given: "id 1" }));
  large.set("alphascope-run", { id: "id 1", case: from, table: cars });
  large.set("alphascope-csv", cars);
  browser.tab();
  const tab = openTab();
  const keeper = createKeeper(tab);
  expect(await keeper.closed(any)).toEqual({ ...plain, step: 60, case: from, table: cars });
  expect(await browserTables(tab).own()).toEqual(cars);
  expect([...large.keys()].filter((key) => /-(run|csv)$/.test(key))).toEqual([]);
  expect(await keeper.closed(any)).toMatchObject({ step: 60 });

  // Another tab had replaced the data of the run.
  browser.local.values.clear();
  browser.local.setItem("alphascope-run", JSON.stringify({ link: "#lr=0.3", step: 60, given: "id 1" }));
  large.set("alphascope-run", { id: "id 2", case: from, table: null });
  expect(await keeper.closed(any)).toBeNull();
  browser.local.setItem("alphascope-run", JSON.stringify({ link: "#lr=0.3", step: 60 }));
  expect(await keeper.closed(any)).toEqual({ ...plain, step: 60 });
});
