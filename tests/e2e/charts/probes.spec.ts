import type { Locator, Page } from "@playwright/test";
import { tensorsOf } from "../../../src/core/data/problem";
import { initialState, startOf } from "../../../src/core/data/start";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { createCpuEngine } from "../../../src/engine/cpu/engine";
import { Trainer } from "../../../src/engine/trainer";
import { formatNumber } from "../../../src/kit/text/format";
import { denseDerivatives } from "../../unit/support/jet";
import { advance, expect, load, on, open, status, test } from "../fixtures";

const recipe = { ...defaultRecipe, rows: 64, inputs: 4, hidden: [3], activation: "tanh", batchSize: 16 } as const;

/** Slopes and curvatures at a step along the page's d, from the dense Hessian. */
async function recomputed(step: number, d: readonly number[]) {
  const start = startOf(recipe, null);
  const { problem } = start;
  const trainer = new Trainer(createCpuEngine(problem, initialState(start)), start, recipe);
  const { checkpoint } = await trainer.advance(step - 1, Number.POSITIVE_INFINITY);
  const { theta, position } = checkpoint;
  const slopes = (rows: readonly number[]) => {
    const { gradient: g, hessian } = denseDerivatives(problem, theta, rows);
    const hd = hessian.map((row) => row.reduce((sum, h, j) => sum + h * d[j]!, 0));
    const over = (from: number, to: number, of: readonly number[]) =>
      d.slice(from, to).reduce((sum, dk, k) => sum + dk * of[from + k]!, 0);
    return { slope: over(0, d.length, g), curvature: over(0, d.length, hd), over, g, hd, hessian };
  };
  const all = Array.from({ length: 64 }, (_, row) => row);
  return { batch: slopes(all.slice(position % 64, (position % 64) + 16)), full: slopes(all), sizes: problem.sizes };
}

test("the probes panel shows the values of a dense Hessian at the selected step", async ({ page }) => {
  await open(page);
  await load(page, recipe);
  await advance(page, 30);
  const panel = page.locator(".probes");
  await expect(panel).toHaveCount(0);
  await page.getByRole("button", { name: /^Probes/ }).click();
  await expect(panel).toContainText("step 30, 16 rows");
  // Two keys on a chart select the step before the latest one.
  const chart = page.getByRole("slider", { name: /^α\* and learning rate/ });
  for (const _ of [0, 1]) await chart.press("ArrowLeft");
  await expect(panel).toContainText("step 29, 16 rows");

  const d = await page.evaluate(() => window.alphascope.direction(29).flatMap(({ values }) => values));
  const { batch, full, sizes } = await recomputed(29, d);
  const row = (table: string, name: string) =>
    panel.getByRole("table", { name: table }).getByRole("row", { name }).getByRole("cell");
  const alphaStar = ({ slope, curvature }: { slope: number; curvature: number }) => -slope / curvature;
  for (const [name, of] of [
    ["this batch", batch],
    ["all data", full],
  ] as const) {
    const star = of.curvature > 0 ? formatNumber(alphaStar(of), 3) : "concave";
    await expect(row("Along d", name)).toHaveText([formatNumber(of.slope), formatNumber(of.curvature), star]);
  }
  // The tensors are weight and bias of each layer in turn.
  const tensors = tensorsOf(sizes);
  for (let l = 0; l < sizes.length - 1; l++) {
    const [weight, bias] = [tensors[2 * l]!, tensors[2 * l + 1]!];
    const [start, end] = [weight.offset, bias.offset + bias.size];
    const cells = row("Shares by layer", `fc${l + 1}`);
    await expect(cells.nth(0)).toHaveText(formatNumber(batch.over(start, end, batch.g)));
    await expect(cells.nth(1)).toHaveText(formatNumber(batch.over(start, end, batch.hd)));
  }
  await expect(row("Shares by layer", "sum").nth(0)).toHaveText(formatNumber(batch.slope));
  await expect(row("Shares by layer", "sum").nth(1)).toHaveText(formatNumber(batch.curvature));
  const gg = batch.g.reduce((sum, g) => sum + g * g, 0);
  const gHg = batch.g.reduce((sum, g, i) => sum + g * batch.hessian[i]!.reduce((s, h, j) => s + h * batch.g[j]!, 0), 0);
  await expect(row("Other directions", "−g").nth(0)).toHaveText(gHg > 0 ? formatNumber(gg / gHg) : "concave");
  await expect(row("Other directions", "−H⁻¹g").nth(0)).toHaveText("1.00");
  const gd = batch.g.reduce((sum, g, i) => sum + g * d[i]!, 0);
  const cosine = -gd / (Math.sqrt(gg) * Math.hypot(...d));
  await expect(row("Other directions", "−g").last()).toHaveText(formatNumber(cosine, 2));
  await expect(row("Other directions", "Muon").last()).toHaveText(/^−?[01]\.\d+$/);

  // Trace and Frobenius norm bound the largest eigenvalue.
  const size = batch.hessian.length;
  const trace = batch.hessian.reduce((sum, entries, k) => sum + entries[k]!, 0);
  const square = batch.hessian.flat().reduce((sum, h) => sum + h * h, 0);
  const largest = Number((await row("Eigenvalues", "H").first().textContent())?.replace("−", "-"));
  expect(largest).toBeGreaterThanOrEqual(0.99 * (trace / size));
  expect(largest).toBeLessThanOrEqual(1.01 * Math.sqrt(square));
  // Power iteration on the shifted matrix gives the largest eigenvalue.
  let v = batch.hessian.map((_, k) => Math.cos(k + 1));
  let [lambda, shift] = [0, Math.sqrt(square)];
  for (let k = 0; k < 5000; k++) {
    const next = batch.hessian.map((entries, i) => shift * v[i]! + entries.reduce((s, h, j) => s + h * v[j]!, 0));
    const norm = Math.hypot(...next);
    [v, lambda] = [next.map((x) => x / norm), norm - shift];
  }
  expect(Math.abs(largest / lambda - 1)).toBeLessThan(0.006);
});

test("the open probes panel marks the ruler with one dot per resampled minibatch that has a minimum ahead", async ({
  page,
}) => {
  await open(page);
  await load(page, recipe);
  await advance(page, 40);
  await expect(page.locator(".probe-marks")).toHaveCount(0);
  await page.keyboard.press("q");
  const dots = page.locator(".probe-marks circle");
  const text = page.locator(".resamples p");
  await expect(text).toContainText("of 16 batches of 16");
  const counted = Number(/^(\d+) of/.exec((await text.textContent()) ?? "")?.[1]);
  expect(counted).toBeGreaterThan(0);
  await expect(dots).toHaveCount(counted);
  await page.getByRole("slider", { name: "K, number of other minibatches" }).press("End");
  await expect(text).toContainText("of 64 batches");
  await page.getByRole("radio", { name: "all data" }).check({ force: true });
  await expect(page.locator(".probes")).toContainText("step 40, 64 rows");
  await expect(page.getByRole("img", { name: "All 19 eigenvalues of P⁻½HP⁻½ at step 40" })).toBeVisible();
  const shares = page.getByRole("img", {
    name: "Shares of dᵀHd, dᵀg and dᵀPd in the eigenvectors of P⁻½HP⁻½ at step 40",
  });
  await expect(shares.locator("path.recharts-curve")).not.toHaveCount(0);
  await page.getByRole("radio", { name: "H", exact: true }).check({ force: true });
  await expect(page.getByRole("img", { name: "All 19 eigenvalues of H at step 40" })).toBeVisible();
  await expect(page.getByRole("img", { name: "Shares of dᵀHd, dᵀg and ‖d‖² in the eigenvectors of H" })).toBeVisible();
  await expect(page.locator(".eigen-axes")).toContainText(/The eigenvector of λmax = \d.* of ‖d‖²/);
  await page.keyboard.press("q");
  await expect(page.locator(".probe-marks")).toHaveCount(0);
});

test("the probes of a network of more than 300 parameters show its Ritz values and their coverage of d", async ({
  page,
}) => {
  await open(page);
  await load(page, { ...recipe, hidden: [16, 16] });
  await advance(page, 20);
  await page.keyboard.press("q");
  await expect(page.getByRole("img", { name: "48 Ritz values of P⁻½HP⁻½ at step 20" })).toBeVisible();
  await expect(page.locator(".eigen-axes")).toContainText("48 Ritz vectors for 369 parameters hold all of d");
});

test("the plane of the step shows contours, the steps around the selected one, and the share of them in the plane", async ({
  page,
}) => {
  await open(page);
  await load(page, recipe);
  await advance(page, 30);
  await page.keyboard.press("q");
  const plane = page.getByRole("region", { name: /^Plane of the step/ });
  await expect(plane.getByRole("img", { name: /at step 30,/ })).toBeVisible();
  await expect(plane).toContainText(/Loss at θ on 16 rows: \d/);
  await expect(plane).toContainText(/The plane holds all of the step taken, \d.*% of the last 20 steps \(/);
  expect(await plane.locator(".plane-contour").count()).toBe(9);
  await expect(plane.locator(".plane-contour").first()).toHaveAttribute("d", /^M.*L/);
  // The area inside the axes is a square: equal scale.
  const area = await plane
    .locator("clipPath rect")
    .last()
    .evaluate((rect) => {
      return [rect.getAttribute("width"), rect.getAttribute("height")].map(Number);
    });
  expect(Math.abs(area[0]! - area[1]!)).toBeLessThan(3);
  await advance(page, 10);
  const chart = page.getByRole("slider", { name: /^α\* and learning rate/ });
  for (const _ of Array.from({ length: 6 })) await chart.press("ArrowLeft");
  await expect(plane).toContainText(/% of the last 20 steps and \d.*% of the next 5 steps/);
  await page.getByRole("radio", { name: "all data" }).check({ force: true });
  await expect(plane).toContainText("on 64 rows");
});

for (const engine of ["cpu", "webgl"] as const) {
  test(`the probes panel follows a playing run on ${engine}`, on(engine), async ({ page }) => {
    await open(page, `?engine=${engine}&paused`);
    await load(page, recipe);
    await advance(page, 1);
    await page.keyboard.press("q");
    const head = page.locator(".probes .at-step");
    const shown = async () => Number(/step (\d+)/.exec((await head.textContent()) ?? "")?.[1] ?? 0);
    await expect.poll(shown).toBe(1);
    await page.evaluate(() => window.alphascope.play());
    await expect.poll(shown).toBeGreaterThan(5);
    const before = await shown();
    await expect.poll(shown).toBeGreaterThan(before);
    await page.evaluate(() => window.alphascope.pause());
    await expect.poll(async () => (await status(page)).step - (await shown())).toBe(0);
  });
}

test("the probes show the noise scale and the batch size over the steps, and their values at the cursor", async ({
  page,
}) => {
  await open(page, "?engine=cpu&paused#dataset=teacher&noise=0.3&hidden=16&activation=tanh&shuffle=true");
  await advance(page, 60);
  await page.keyboard.press("q");
  const probes = page.getByRole("region", { name: "Probes" });
  const plot = probes.getByRole("slider", { name: /^Gradient noise scale and batch size/ });
  await plot.press("Home");
  await expect(plot).toHaveAttribute("aria-valuetext", /noise scale \d.*batch size 32/);
  await expect(probes).toContainText(/(Above|Below) the batch size: noise/);
});

test("the probes at 1440 × 900 open below ruler and slice, which stay in sight, and cover the lower charts", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await load(page, recipe);
  await advance(page, 30);
  const [loss, slice] = [panelOf(page, /^Loss(?! along)/), panelOf(page, /^Loss along d/)];
  await expect(loss).toBeVisible();
  await page.keyboard.press("q");
  const probes = page.getByRole("region", { name: "Probes" });
  await expect(probes.getByRole("table")).toHaveCount(4);
  await expect(loss).toBeHidden();
  const boxOf = async (part: Locator) => (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [box, below] = [await boxOf(probes), await boxOf(slice)];
  const ruler = await boxOf(page.locator(".ruler"));
  expect(box.y).toBeGreaterThanOrEqual(below.y + below.height);
  expect(below.y).toBeGreaterThanOrEqual(ruler.y + ruler.height);
  expect(below.height).toBeGreaterThan(150);
  expect(box.width).toBeGreaterThan(1000);
  expect(box.height).toBeGreaterThan(200);
  expect(box.y + box.height).toBeLessThanOrEqual((await boxOf(page.locator(".timeline"))).y);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(900);
  // The tables are side by side.
  const tables = await probes.getByRole("table").evaluateAll((all) => all.map((t) => t.getBoundingClientRect().x));
  expect(new Set(tables).size).toBe(3);
});

test("the probes on a phone open in one column at the top of the window", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await load(page, recipe);
  await advance(page, 30);
  const opener = page.getByRole("button", { name: /^Probes/ });
  await opener.click();
  const probes = page.getByRole("region", { name: "Probes" });
  await expect(probes.getByRole("table")).toHaveCount(4);
  const tables = await probes.getByRole("table").evaluateAll((all) => all.map((t) => t.getBoundingClientRect().x));
  expect(new Set(tables).size).toBe(1);
  await expect(probes.getByRole("heading", { name: "Probes" })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await probes.getByRole("button", { name: "Close the probes" }).click();
  await expect(opener).toBeFocused();
  await expect(opener).toBeInViewport();
});

test("the probes take the focus when they open; key, button and Escape close them and return the focus", async ({
  page,
}) => {
  await open(page);
  const probes = page.getByRole("region", { name: "Probes" });
  const opener = page.getByRole("button", { name: /^Probes/ });
  for (const close of [
    () => page.keyboard.press("Escape"),
    () => page.keyboard.press("q"),
    () => probes.getByRole("button", { name: "Close the probes" }).press("Enter"),
  ]) {
    await opener.press("Enter");
    await expect(probes).toBeFocused();
    await expect(opener).toHaveAttribute("aria-expanded", "true");
    await close();
    await expect(probes).toHaveCount(0);
    await expect(opener).toBeFocused();
    await expect(opener).toHaveAttribute("aria-expanded", "false");
  }
  // Escape closes a dialog over the panel first, and slow motion.
  await opener.press("Enter");
  await page.keyboard.press("?");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(probes).toBeVisible();
  await page.keyboard.press("n");
  await expect(page.locator(".slow-motion")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".slow-motion")).toHaveCount(0);
  await expect(probes).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(probes).toHaveCount(0);
});

const panelOf = (page: Page, name: RegExp) =>
  page.locator(".card.chart").filter({ has: page.getByRole("heading", { name }) });
