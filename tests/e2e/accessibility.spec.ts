import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { advance, expect, load, open, test } from "./fixtures";

/** What axe finds, as rule and element, so that a failure reads as a list of things to mend. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 120)}`),
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in ${colorScheme}: at the start, after training, diverged`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    expect(await findings(page)).toEqual([]);
    await advance(page, 100);
    expect(await findings(page)).toEqual([]);
    await load(page, { lr: 100, eps: 0 });
    await advance(page, 200);
    expect(await findings(page)).toEqual([]);
  });
}

for (const [width, height] of [
  [390, 844],
  [768, 1024],
  [1440, 900],
  [1920, 1080],
] as const) {
  test(`at ${width} × ${height} nothing scrolls sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await advance(page, 237);
    const { scrollWidth, scrollHeight } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBeLessThanOrEqual(width);
    if (width >= 1440) expect(scrollHeight).toBeLessThanOrEqual(height);
  });
}

test("every control can be reached and is named", async ({ page }) => {
  await open(page);
  await advance(page, 10);
  const names = await page
    .locator("button, input, select, a[href], [tabindex='0']")
    .evaluateAll((elements) =>
      elements
        .filter((e) => (e as HTMLElement).offsetParent !== null)
        .map((e) => [e.outerHTML.slice(0, 80), e.ariaLabel]),
    );
  expect(names.length).toBeGreaterThan(10);
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toBeVisible();
});
