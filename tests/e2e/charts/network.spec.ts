import type { Page } from "@playwright/test";
import { advance, expect, load, open, test } from "../fixtures";

const network = (page: Page) => page.getByRole("application", { name: /in the network/ });
const reading = (page: Page) => page.locator(".parameter-reading");

/** d of a parameter from the scripting interface. */
const direction = (page: Page, name: string, index: number) =>
  page.evaluate(
    ([tensor, i]) => window.alphascope.direction().find((part) => part.name === tensor)?.values[i] ?? Number.NaN,
    [name, index] as const,
  );

/** The number beside a symbol on the page. */
async function shown(page: Page, symbol: string): Promise<number> {
  const text = await reading(page)
    .locator("div", { has: page.getByText(symbol, { exact: true }) })
    .locator("dd")
    .innerText();
  return Number(text.replaceAll("−", "-"));
}

test("arrow keys on the network select a weight and show its d", async ({ page }) => {
  await open(page);
  await advance(page, 3);
  await network(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(reading(page)).toContainText("fc1.weight, input 2 → unit 2");
  const d = await direction(page, "fc1.weight", 1 * 5 + 1);
  expect(Math.abs((await shown(page, "d")) - d)).toBeLessThanOrEqual(1e-3 * Math.abs(d));
  await page.keyboard.press("End");
  await expect(reading(page)).toContainText("fc2.bias, output 1");
  // The network handled the arrow keys: the step of the run is the same.
  expect(await page.evaluate(() => window.alphascope.status().step)).toBe(3);
});

test("a pointer on the network shows a bias, and a click selects it", async ({ page }) => {
  await open(page);
  await advance(page, 3);
  const box = await page.locator(".network-drawing .unit").nth(11).boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await expect(reading(page)).toContainText("fc1.bias, unit 2");
  await page.mouse.move(5, 5);
  await expect(reading(page)).toContainText("fc1.weight, input 1 → unit 1");
  await page.mouse.click(x, y);
  await page.mouse.move(5, 5);
  await expect(reading(page)).toContainText("fc1.bias, unit 2");
});

test("the network is coloured by θ, g or v on the scale of each", async ({ page }) => {
  await open(page);
  await advance(page, 3);
  const solid = () =>
    page.locator(".network-drawing path").evaluateAll((paths) => paths.map((p) => p.getAttribute("d")));
  const byDirection = await solid();
  for (const [name, symbol] of [
    [/parameters θ/, "θ"],
    [/gradient g/, "g"],
    [/moving average of g²/, "v"],
  ] as const) {
    await page.getByRole("radio", { name }).check();
    await expect(page.getByRole("heading", { name: new RegExp(`^${symbol} in the network`) })).toBeVisible();
    expect(await solid()).not.toEqual(byDirection);
    expect(Number.isFinite(await shown(page, symbol))).toBe(true);
  }
  expect(await shown(page, "v")).toBeGreaterThanOrEqual(0);
});

test("a network with many weights is drawn as matrices", async ({ page }) => {
  await open(page);
  await load(page, { hidden: [64] });
  await advance(page, 2);
  const matrices = page.locator(".matrix canvas");
  await expect(matrices).toHaveCount(4);
  const painted = await matrices.first().evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return data.some((value) => value > 0);
  });
  expect(painted).toBe(true);
  // The second row belongs to the second input and has 64 units.
  const { width } = (await matrices.first().boundingBox()) ?? { width: 0 };
  await matrices.first().click({ position: { x: (2.5 * width) / 64, y: (1.5 * width) / 64 } });
  await expect(reading(page)).toContainText("fc1.weight, input 2 → unit 3");
});
