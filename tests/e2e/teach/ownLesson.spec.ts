import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import type { Scene } from "../../../src/core/lesson/lesson";
import { parseLesson } from "../../../src/core/lesson/parseLesson";
import { findings } from "../axe";
import { drop } from "../drop";
import { expect, open, recipe, status, test, trace } from "../fixtures";

/** The tutorial's two files. */
const root = resolve(import.meta.dirname, "../../..");
const example = (name: string) => ({
  name,
  text: readFileSync(resolve(root, "src/core/lesson/example", name), "utf8"),
});
const table = example("houses.csv");
const lesson = example("lesson.json");
const { scenes } = parseLesson(JSON.parse(lesson.text));

const card = (page: Page) => page.getByRole("region", { name: "Lesson" });
const heading = (page: Page) => card(page).getByRole("heading");
const opened = (page: Page) => page.getByRole("status").filter({ hasText: "Opened houses.csv" });
const missing = "This scene trains on “price” of houses.csv, which is not open in this browser.";

/** Waits until the scene of the example at an index has begun. */
async function begins(page: Page, at: number): Promise<Scene> {
  const scene = scenes[at];
  if (!scene) throw new Error(`There is no scene ${at}.`);
  await expect(heading(page)).toHaveText(scene.title);
  await expect(card(page)).toContainText(scene.text);
  await expect(card(page)).toContainText(scene.question);
  const { hidden, lr, batchSize } = scene.recipe;
  const wanted = { dataset: "csv", rows: 20, inputs: 6, hidden, lr, batchSize };
  await expect.poll(() => recipe(page)).toMatchObject(wanted);
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(0);
  return scene;
}

/** Waits until a scene has begun and has paused at its step `to`. */
async function shows(page: Page, at: number): Promise<void> {
  const { to } = (await begins(page, at)).play;
  await expect.poll(async () => (await status(page)).step).toBe(to);
  await expect.poll(() => status(page)).toMatchObject({ step: to, state: "paused" });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("the example lesson, dropped with its CSV, plays its scenes by key and returns after a reload", async ({
  page,
}) => {
  await open(page, "?engine=cpu");
  await drop(page, table, lesson);
  await shows(page, 0);
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(opened(page)).toContainText("20 rows to train on, 4 held out. “age”: 1 missing value, set to the mean.");
  // “Small steps”: α* is far above the learning rate at every step that has a minimum ahead.
  const { alphaStar } = await trace(page);
  const ahead = alphaStar.filter((alpha) => alpha !== null && alpha > 0) as number[];
  expect(ahead.length).toBeGreaterThan(150);
  expect(Math.min(...ahead)).toBeGreaterThan(0.05);

  await page.keyboard.press("p");
  await page.keyboard.press("PageDown");
  await shows(page, 1);
  await expect(page.locator(".presentation")).toContainText("lr 0.01");
  await expect(page.locator(".presentation")).toContainText("held-out rows");
  const slow = mean((await trace(page)).loss.slice(-30));

  await page.keyboard.press("PageDown");
  await shows(page, 2);
  await expect(card(page).getByRole("textbox", { name: "Hidden layers" })).toHaveValue("none");
  const linear = mean((await trace(page)).loss.slice(-30));
  expect(linear).toBeLessThan(slow);

  await page.keyboard.press("PageUp");
  await begins(page, 1);
  await page.reload();
  await begins(page, 1);
  await expect(page.getByRole("alert")).toBeEmpty();
});

test("the example lesson without its CSV names the missing file and opens it with the scene's button", async ({
  page,
}) => {
  await open(page, "?engine=cpu");
  await drop(page, lesson);
  await expect(card(page)).toContainText(missing);
  await expect.poll(async () => (await status(page)).playing).toBe(false);
  await page.keyboard.press("PageDown");
  await expect(heading(page)).toHaveText(scenes[1]?.title ?? "");
  await expect(card(page)).toContainText(missing);
  expect(await findings(page)).toEqual([]);
  for (const presenting of [false, true]) {
    if (presenting) await page.keyboard.press("p");
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  }

  await drop(page, { name: "others.csv", text: table.text.replace("price", "rent") });
  const known = "others.csv: found no column “price”, the target of the lesson; allowed: “area”, “rooms”";
  await expect(page.getByRole("alert")).toContainText(known);
  await page.getByRole("button", { name: "Dismiss" }).click();
  const [picker] = await Promise.all([
    page.waitForEvent("filechooser"),
    card(page).getByRole("button", { name: "Open houses.csv" }).click(),
  ]);
  await picker.setFiles({ name: table.name, mimeType: "text/csv", buffer: Buffer.from(table.text) });
  await begins(page, 1);
  await expect(card(page)).not.toContainText(missing);
});

test.describe("without a network", () => {
  test.use({ serviceWorkers: "allow", ownContext: true });

  test("a page opened once plays the example lesson offline and keeps its table for the next tab", async ({
    page,
    context,
  }) => {
    await open(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    await page.goto("about:blank");
    await open(page, "?engine=cpu");
    await drop(page, table, lesson);
    await begins(page, 0);
    await page.keyboard.press("PageDown");
    await begins(page, 1);
    const tab = await context.newPage();
    await open(tab, "?engine=cpu&paused");
    await drop(tab, lesson);
    await begins(tab, 0);
  });
});

test.describe("as one file from a disk", () => {
  test.use({ baseURL: pathToFileURL(resolve(root, "dist-single/alphascope.html")).href, ownContext: true });
  test("the single file plays the example lesson and returns to its scene and table after a reload", async ({
    page,
    baseURL,
  }) => {
    await page.goto(`${baseURL}?engine=cpu`);
    await page.evaluate(() => window.alphascope.ready);
    await drop(page, lesson, table);
    await begins(page, 0);
    await page.keyboard.press("PageDown");
    await begins(page, 1);
    await page.reload();
    await begins(page, 1);
  });
});
