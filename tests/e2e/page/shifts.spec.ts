import type { Page } from "@playwright/test";
import { divergesAt20, expect, load, open, set, status, test, timed } from "../fixtures";

test.use({ ownPage: true });

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null; readonly currentRect: DOMRectReadOnly }[];
}

/** Records the browser's layout-shift entries from the first frame. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        const moved = entry.sources.map(({ node, currentRect: { x, y } }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          return `${element?.localName}.${element?.className} “${node?.textContent?.slice(0, 40)}” to ${x}, ${y}`;
        });
        shifts.push(`${entry.value}: ${moved.join("; ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** The layout shifts since the last call, after three more frames. */
const shifts = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return (window as unknown as { shifts: string[] }).shifts.splice(0);
  });

/** Waits for a step after `step`. */
const beyond = (page: Page, step: number) => expect.poll(async () => (await status(page)).step).toBeGreaterThan(step);

async function atFullSpeed(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: /speed/i }).selectOption({ label: "max" });
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
  [320, 640],
] as const) {
  test(
    `the page at ${width} × ${height} does not shift in training, after edits, at full speed or at divergence`,
    timed,
    async ({ page }) => {
      await page.setViewportSize({ width, height });
      await watch(page);
      await open(page, "?engine=cpu");
      await beyond(page, 150);
      expect(await shifts(page), "from navigation to step 150").toEqual([]);
      await page.getByRole("slider", { name: "Learning rate", exact: true }).press("ArrowRight");
      await set(page, { batchSize: 7, shuffle: true, beta1: 0.5 });
      await beyond(page, (await status(page)).step + 60);
      expect(await shifts(page), "after edits").toEqual([]);
      await atFullSpeed(page);
      await beyond(page, 20_000);
      await page.evaluate(() => window.alphascope.pause());
      // One verdict a frame.
      for (let n = 0; n < 40; n++) await page.evaluate(() => window.alphascope.advance(1));
      expect(await shifts(page), "at full speed, and step by step").toEqual([]);
      await load(page, divergesAt20);
      await page.evaluate(() => window.alphascope.advance(25));
      await expect(page.locator(".sentence")).toContainText("diverged at step 20");
      expect(await shifts(page), "diverged").toEqual([]);
    },
  );
}

test("presentation mode at 1920 × 1080 does not shift while a run plays", timed, async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await watch(page);
  await open(page, "?engine=cpu&paused");
  expect(await shifts(page), "from navigation on").toEqual([]);
  await atFullSpeed(page);
  await page.keyboard.press("p");
  await expect(page.locator(".presentation .recharts-surface").first()).toBeVisible();
  await shifts(page);
  for (const chart of ["1", "2", "3", "6", "7"]) {
    await page.keyboard.press(chart);
    await shifts(page);
    await page.keyboard.press("Space");
    await beyond(page, (await status(page)).step + 3000);
    await page.keyboard.press("Space");
    expect(await shifts(page), `training under chart ${chart}`).toEqual([]);
  }
});

test("the page does not shift while the probes follow a run", timed, async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await watch(page);
  await open(page, "?engine=cpu");
  await page.keyboard.press("q");
  const drawn = page.getByRole("img", { name: /^All 61 eigenvalues/ });
  await expect(drawn).toBeVisible();
  await page.locator(".probes").evaluate((panel) => panel.scrollTo(0, 250));
  await shifts(page);
  const name = await drawn.getAttribute("aria-label");
  await beyond(page, (await status(page)).step + 120);
  await expect.poll(() => drawn.getAttribute("aria-label")).not.toBe(name);
  expect(await shifts(page)).toEqual([]);
});
