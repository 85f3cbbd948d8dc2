import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, expect, open, status, test } from "../fixtures";

for (const [width, height, least] of [
  [1920, 1080, 28],
  [1280, 720, 18],
] as const) {
  test(`presentation mode at ${width} × ${height} shows verdict, ruler and one chart within the window, by key`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    // Without reduced motion the menu fades, and its contrast changes.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page);
    await advance(page, 237);
    await page.keyboard.press("p");
    await expect(page.locator(".sentence")).toHaveText(/^Adam stepped/);
    await expect(page.getByRole("complementary", { name: "Settings" })).toHaveCount(0);
    await expect(page.getByRole("slider", { name: /learning rate/i }).first()).toBeVisible();
    const charts = [
      "Loss along d",
      "α* at every step",
      "Loss",
      "‖d‖ per tensor",
      "Slope and curvature",
      "Step ratio lr/α*",
      "Edge of stability",
      "Gradient noise scale",
      "Fit",
    ];
    for (const [i, name] of charts.entries()) {
      await page.keyboard.press(String(i + 1));
      await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
      await expect(page.locator(".chart")).toHaveCount(1);
      await expect(page.locator(".chart .recharts-surface").first()).toBeVisible();
    }
    await page.keyboard.press("2");
    await expect(page.locator(".chart .recharts-cartesian-axis-tick-value").first()).toBeVisible();
    expect(
      await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]),
    ).toEqual([width, height]);
    // Heights of texts on the screen, after zoom and scale.
    const heights = await page
      .locator(".sentence, .about, .ruler-tick, .chart .legend li, .chart .recharts-cartesian-axis-tick-value")
      .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(10);
    expect(Math.min(...heights)).toBeGreaterThan(least);

    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await status(page)).step).toBe(238);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(async () => (await status(page)).step).toBe(237);
    await page.keyboard.press("Space");
    await expect.poll(async () => (await status(page)).step).toBeGreaterThan(240);
    await page.keyboard.press("Space");
    await expect.poll(async () => (await status(page)).playing).toBe(false);
    expect(await findings(page)).toEqual([]);

    await page.keyboard.press("Escape");
    await expect(page.getByRole("complementary", { name: "Settings" })).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
  });
}

/** Faults of the layout in presentation mode: a part outside the window or over another part, and a chart without a plot. */
const layoutFaults = (page: Page) =>
  page.evaluate(() => {
    const box = (selector: string) => {
      const element = document.querySelector(selector);
      return element?.checkVisibility() ? element.getBoundingClientRect() : null;
    };
    const parts = [".sentence", ".ruler svg", ".presentation .chart .plot", ".presentation footer"] as const;
    const boxes = parts.flatMap((name) => {
      const rect = box(name);
      return rect ? [{ name, rect }] : [];
    });
    const faults = boxes.flatMap(({ name, rect }) => {
      const inside = rect.left >= -8 && rect.top >= 0 && rect.right <= innerWidth + 8 && rect.bottom <= innerHeight + 1;
      return inside && rect.height > 12 ? [] : [`${name}: ${JSON.stringify(rect)}`];
    });
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) {
        const wide = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
        const high = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
        if (wide > 1 && high > 1) faults.push(`${a.name} over ${b.name}`);
      }
    const plot = box(".presentation .chart .plot");
    if (plot && plot.height < 80) faults.push(`a plot of ${plot.height} pixels`);
    const { scrollWidth, scrollHeight } = document.documentElement;
    return scrollWidth > innerWidth || scrollHeight > innerHeight ? [...faults, "the page scrolls"] : faults;
  });

test("presentation mode fits windows of 320 × 256 to 1280 × 720 with sentence, ruler and, where there is room, a chart", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await advance(page, 237);
  await page.keyboard.press("p");
  const charts: Record<string, boolean> = {};
  for (const [width, height] of [
    [1280, 720],
    [1120, 700],
    [960, 540],
    [844, 390],
    [768, 1024],
    [683, 384],
    [640, 360],
    [568, 320],
    [390, 844],
    [360, 640],
    [320, 256],
  ] as const) {
    const size = `${width} × ${height}`;
    await page.setViewportSize({ width, height });
    // The ruler's size follows the window after a frame.
    await expect.poll(() => layoutFaults(page), size).toEqual([]);
    charts[size] = await page.locator(".chart").isVisible();
  }
  expect(Object.keys(charts).filter((size) => !charts[size])).toEqual(["568 × 320", "320 × 256"]);
});

test("slow motion moves no panel of the page and no part of presentation mode above its bar", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await advance(page, 40);
  const tops = () =>
    page
      .locator(".sentence, .ruler, .card h2, .control")
      .evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().top)));
  for (const mode of ["page", "presentation mode"]) {
    if (mode !== "page") await page.keyboard.press("p");
    const before = await tops();
    await page.keyboard.press("n");
    await expect(page.getByRole("region", { name: "Slow motion" }).locator("[aria-current=step]")).toBeVisible();
    expect(await tops(), mode).toEqual(before);
    await page.getByRole("region", { name: "Slow motion" }).getByRole("button", { name: "Exit" }).click();
  }
});

test.describe(() => {
  test.use({ ownPage: true });

  test("presentation mode fills the window when full screen is refused, and Space plays the run", async ({ page }) => {
    await page.addInitScript(() => {
      Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("refused"));
    });
    await open(page);
    await advance(page, 3);
    await page.getByRole("button", { name: "Present", exact: true }).click();
    const menu = page.getByRole("region", { name: "Presentation menu" });
    await menu.getByRole("radio", { name: /: Loss$/ }).click();
    await expect(page.getByRole("region", { name: "Loss", exact: true })).toBeVisible();
    await menu.getByRole("button", { name: "1 step", exact: true }).click();
    await expect.poll(async () => (await status(page)).step).toBe(4);
    await page.keyboard.press("Space");
    await expect.poll(async () => (await status(page)).playing).toBe(true);
    await menu.getByRole("button", { name: "Exit presentation mode" }).click();
    await expect(page.getByRole("complementary", { name: "Settings" })).toBeVisible();
  });
});

test("the theme button cycles, is stored and is overridden by the link", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  await page.getByRole("button", { name: "Theme: system" }).click();
  expect(await colour()).toBe(light);
  await page.keyboard.press("t");
  await expect(page.getByRole("button", { name: "Theme: dark" })).toBeVisible();
  const dark = await colour();
  expect(dark).not.toBe(light);
  await open(page);
  expect(await colour()).toBe(dark);
  await open(page, "?engine=cpu&paused&theme=light");
  expect(await colour()).toBe(light);
});

test("a tooltip describes its quantity on focus and on hover until Escape", async ({ page }) => {
  await open(page);
  const hint = page.getByRole("button", { name: "About Slope and curvature" });
  await hint.focus();
  await expect(page.getByRole("tooltip")).toContainText("where the slope is negative, d is a descent direction");
  await expect(hint).toHaveAccessibleDescription(/where the slope is negative, d is a descent direction/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await page.getByRole("button", { name: "Reset" }).hover();
  await expect(page.getByRole("tooltip")).toContainText("Returns to step 0 of the same run");
});

test("the playback buttons and the step stay in view on a phone, with targets of 44 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await advance(page, 40);
  const small = await page
    .locator("button:visible, select:visible, input:visible:not([type=radio], [type=range]), summary:visible")
    .evaluateAll((controls) =>
      controls.flatMap((control) => {
        // The target of a checkbox is its label.
        const box = control instanceof HTMLInputElement && control.type === "checkbox" ? control.labels?.[0] : null;
        const { width, height } = (box ?? control).getBoundingClientRect();
        const reach = Number.parseFloat(getComputedStyle(control, "::after").inset) || 0;
        const hit = Math.min(width, height) - 2 * Math.min(reach, 0);
        return hit >= 44 || control.closest(".formula") ? [] : [`${control.outerHTML.slice(0, 90)}: ${hit}`];
      }),
    );
  expect(small).toEqual([]);
  await page.locator(".log-lines").scrollIntoViewIfNeeded();
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeInViewport();
  await expect(page.getByRole("banner").getByText("step 40")).toBeInViewport();
});
