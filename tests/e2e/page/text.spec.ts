import type { Page } from "@playwright/test";
import { advance, expect, open, test } from "../fixtures";

/** The text spacing of WCAG 1.4.12, as a reader's style sheet sets it. */
const spacing =
  "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";

/** Cards whose content is wider than the card, plots without height, and charts whose legend overlaps their plot. */
const faults = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const card of document.querySelectorAll<HTMLElement>(".card")) {
      if (!card.checkVisibility()) continue;
      const name = card.querySelector("h2")?.textContent ?? "";
      const right = card.getBoundingClientRect().right;
      for (const part of card.querySelectorAll("p, li, h2, .formula, .formula .base:last-child, .field")) {
        if (part.checkVisibility() && part.getBoundingClientRect().right > right + 1)
          found.push(`${name}: ${part.textContent?.slice(0, 40)}`);
      }
      const plot = card.querySelector(".plot")?.getBoundingClientRect();
      const legend = card.querySelector(".legend")?.getBoundingClientRect();
      if (plot && plot.height < 60) found.push(`${name}: a plot of ${plot.height} pixels`);
      if (plot && legend && legend.bottom > plot.top + 4) found.push(`${name}: the legend overlaps the plot`);
    }
    return found;
  });

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the page at ${width} × ${height} keeps its texts inside the cards and its plots with the text spacing of WCAG 1.4.12`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await advance(page, 120);
    await expect(page.locator(".row .recharts-surface").nth(3)).toBeAttached();
    await page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }, spacing);
    await expect.poll(() => faults(page)).toEqual([]);
  });
}

test("the longest values fit into their cards", async ({ page }) => {
  await open(page, "?engine=cpu&paused#dataset=teacher&noise=0.3&hidden=16&activation=tanh&lr=0.01");
  await advance(page, 400);
  await expect(page.locator(".arithmetic")).toContainText("−1.828e−5");
  expect(await faults(page)).toEqual([]);
});

test("five notices are beside each other at 1440 × 900, and the network keeps its legend inside its card", async ({
  page,
}) => {
  await open(page, "?engine=cpu&paused&theme=blue#lr=fish&colour=red&hidden=99999999&edits=abc");
  await advance(page, 120);
  await expect(page.locator(".row .recharts-surface").nth(3)).toBeAttached();
  await expect(page.locator(".notice")).toHaveCount(5);
  const tops = await page
    .locator(".notice")
    .evaluateAll((all) => all.map((notice) => notice.getBoundingClientRect().top));
  expect(new Set(tops.map(Math.round)).size).toBe(2);
  expect(await faults(page)).toEqual([]);
  const network = page.getByRole("region", { name: "d in the network" });
  const below = await network.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  expect(below).toBeLessThanOrEqual(0);
});
