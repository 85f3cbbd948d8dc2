import type { Page } from "@playwright/test";
import { advance, expect, load, on, open, recipe, status, test, trace } from "../fixtures";
import { addToWorkers, collectWorkers } from "../workers";

test.use({ ownPage: true });

/** The step that a text names; 0 where it names none. */
const stepIn = async (page: Page, selector: string): Promise<number> => {
  const text = (await page.locator(selector).first().textContent()) ?? "";
  return Number((/step (\d+(?:,\d{3})*)/i.exec(text)?.[1] ?? "0").replaceAll(",", ""));
};
const play = (page: Page) => page.evaluate(() => window.alphascope.play());
const pause = (page: Page) => page.evaluate(() => window.alphascope.pause());

const twoFrames = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Hides or shows all panels, and waits until they have noticed. */
async function setPanels(page: Page, as: "hidden" | "shown"): Promise<void> {
  await page.evaluate((display) => document.body.style.setProperty("display", display), as === "hidden" ? "none" : "");
  await twoFrames(page);
}

/** Each turn of a worker's event loop that takes longer than a millisecond takes ten times as long. */
const slowDown = `
  const { setTimeout: later, performance: clock } = self;
  self.setTimeout = (turn, ms, ...rest) => later(() => {
    const began = clock.now();
    turn(...rest);
    const end = clock.now() + 9 * (clock.now() - began);
    if (end - began > 10) while (clock.now() < end);
  }, ms);`;

test("every panel follows a playing run when the workers are slow", async ({ page }) => {
  await addToWorkers(page, slowDown);
  await open(page, "?engine=cpu&paused#dataset=penguins&hidden=32,32&batchSize=64");
  await page.locator(".probes-opener button").click();
  await play(page);
  const panels = [
    ".slice-step-name",
    ".arithmetic .at-step",
    ".update-lines .at-step",
    ".about",
    ".probes > header .at-step",
  ];
  for (const panel of panels) await expect.poll(() => stepIn(page, panel), panel).toBeGreaterThan(0);
  await expect(page.locator(".scores")).toContainText("held-out");
  for (const panel of panels) {
    const before = await stepIn(page, panel);
    await expect.poll(() => stepIn(page, panel), panel).toBeGreaterThan(before);
  }
});

test("verdict, arithmetic and slice show the same step during play", async ({ page }) => {
  await open(page, "?engine=cpu&paused");
  await play(page);
  await expect.poll(() => stepIn(page, ".slice-step-name")).toBeGreaterThan(0);
  const differing = await page.evaluate(async () => {
    const names = [".slice-step-name", ".arithmetic .at-step", ".update-lines .at-step", ".about"];
    const seen: string[] = [];
    for (let frame = 0; frame < 60; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const steps = names.map(
        (name) => /step (\d+(?:,\d{3})*)/i.exec(document.querySelector(name)?.textContent ?? "")?.[1],
      );
      if (new Set(steps).size > 1) seen.push(steps.join(" "));
    }
    return seen;
  });
  expect(differing).toEqual([]);
});

for (const engine of ["cpu", "webgl"] as const) {
  test(`a run on ${engine} is the same with and without questions`, on(engine), async ({ page }) => {
    await open(page, `?engine=${engine}&paused#dataset=classes&outputs=3&hidden=9&shuffle=true`);
    await page.locator(".probes-opener button").click();
    await play(page);
    await expect.poll(() => stepIn(page, ".probes > header .at-step")).toBeGreaterThan(20);
    await page.evaluate(() => window.alphascope.set({ lr: 0.03 }));
    const { step } = await status(page);
    await expect.poll(() => stepIn(page, ".slice-step-name")).toBeGreaterThan(step);
    await pause(page);
    await advance(page, 8);
    const [asked, end] = [await trace(page), (await status(page)).step];

    await setPanels(page, "hidden");
    await load(page, await recipe(page));
    await advance(page, end);
    expect(await trace(page)).toEqual(asked);
  });
}

test("a page whose observer is killed loses no step, and its panels follow the run again", async ({ page }) => {
  await collectWorkers(page);
  await open(page, "?engine=cpu&paused#hidden=12&shuffle=true");
  await play(page);
  for (let times = 1; times <= 3; times++) {
    await expect.poll(() => page.evaluate(() => window.workers.observer?.length)).toBe(times);
    const shown = await stepIn(page, ".slice-step-name");
    await expect.poll(() => stepIn(page, ".slice-step-name")).toBeGreaterThan(shown);
    await page.evaluate(() => {
      const observer = window.workers.observer?.at(-1);
      observer?.terminate();
      observer?.dispatchEvent(new ErrorEvent("error", { message: "killed by a test" }));
    });
  }
  const { step } = await status(page);
  await expect.poll(() => stepIn(page, ".slice-step-name")).toBeGreaterThan(step);
  await pause(page);
  const end = (await status(page)).step;
  expect((await trace(page)).step).toEqual(Array.from({ length: end }, (_, i) => i + 1));
  expect(await page.evaluate(() => window.workers.trainer?.length)).toBe(1);
  await expect(page.locator(".notice")).toHaveCount(0);
});

test("a page without panels in sight asks nothing", async ({ page }) => {
  await collectWorkers(page);
  await open(page, "?engine=cpu&paused");
  await setPanels(page, "hidden");
  await advance(page, 5);
  await twoFrames(page);
  expect(await page.evaluate(() => window.workers.observer?.length)).toBe(0);
  await setPanels(page, "shown");
  await expect.poll(() => stepIn(page, ".slice-step-name")).toBe(5);
});
