import type { Locator, Page } from "@playwright/test";
import { advance, expect, load, open, test } from "../fixtures";

/**
 * Compares drawings of fixed runs with reviewed pictures (`npm run fixtures` replaces them). The fonts are the page's own;
 * the smoothing of letters is the platform's.
 */
test.skip(
  process.platform !== "linux",
  "The pictures were taken on Linux: letters are smoothed differently elsewhere.",
);

/** Bounds below the difference of a moved or recoloured line and above the difference of smoothed edges. */
const tolerance = { threshold: 0.1, maxDiffPixels: 12, animations: "disabled", caret: "hide" } as const;

/** Two edits put ticks on every chart. */
const edited = "?engine=cpu&paused#edits=100:lr=0.02;180:beta1=0.5";
const plain = "?engine=cpu&paused";

const card = (name: string) => (page: Page) => page.getByRole("region", { name, exact: true });

const panels: Readonly<Record<string, (page: Page) => Locator>> = {
  verdict: card("Verdict"),
  slice: card("Loss along d"),
  "alpha-star": card("α* at every step"),
  loss: card("Loss"),
  norms: card("‖d‖ per tensor"),
  slope: card("Slope and curvature"),
  ratio: card("Step ratio lr/α*"),
  arithmetic: (page) => page.locator(".arithmetic"),
  network: (page) => page.locator(".network-panel"),
};

/**
 * Trains to a step while no panel but the α* chart is on the page, then mounts every panel: an axis keeps its range while the
 * data fit it, so it depends on the steps drawn before.
 */
async function advanceUnseen(page: Page, step: number): Promise<void> {
  await presentAlphaStar(page);
  await advance(page, step - (await page.evaluate(() => window.alphascope.status().step)));
  await page.keyboard.press("Escape");
  await settled(page, step);
}

/** Opens presentation mode with the α* chart. */
async function presentAlphaStar(page: Page): Promise<void> {
  await page.keyboard.press("p");
  await page.keyboard.press("2");
  await expect(page.locator(".presentation")).toBeVisible();
  await expect(card("α* at every step")(page)).toBeVisible();
  await expect(card("Loss along d")(page)).toHaveCount(0);
}

/** Waits until fonts, inspection and charts belong to the step. */
async function settled(page: Page, step: number): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator(".slice-step-name, .update-lines .at-step").first()).toContainText(`step ${step}`);
  // The curve of all rows begins with a part of the rows.
  const slice = card("Loss along d")(page);
  if (await slice.isVisible()) await expect(slice.locator(".legend")).toContainText("all data");
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the panels of a run with edits match their pictures in ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, edited);
    await advanceUnseen(page, 237);
    for (const [name, panel] of Object.entries(panels)) {
      await expect.soft(panel(page)).toHaveScreenshot(`${name}-${colorScheme}.png`, tolerance);
    }
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the edge chart of a run with edits matches its picture in ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, edited);
    await advance(page, 237);
    await page.keyboard.press("p");
    await page.keyboard.press("7");
    const chart = card("Edge of stability")(page);
    // Each of these steps is selected until its λmax has been measured.
    const plot = chart.getByRole("slider");
    for (const key of ["Home", ...Array.from({ length: 7 }, () => "PageUp")]) {
      await plot.press(key);
      await expect(plot).toHaveAttribute("aria-valuetext", /, λmax \d/);
    }
    await plot.press("Escape");
    // Mounted again, its axes depend on these steps only.
    await page.keyboard.press("1");
    await page.keyboard.press("7");
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    await expect(chart).toContainText("of the threshold");
    await expect(chart).toHaveScreenshot(`edge-${colorScheme}.png`, tolerance);
  });
}

test("the verdict card and the slice match their pictures when d points uphill and when h is concave", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, plain);
  for (const [verdict, step] of [
    ["uphill", 60],
    ["concave", 64],
  ] as const) {
    await advanceUnseen(page, step);
    await expect(page.locator(".sentence")).toContainText(
      verdict === "uphill" ? "points uphill" : "Negative curvature",
    );
    for (const name of ["verdict", "slice"]) {
      await expect.soft(panels[name]?.(page) as Locator).toHaveScreenshot(`${name}-${verdict}.png`, tolerance);
    }
  }
});

test("the matrices of a network match their picture", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, `${plain}#hidden=12,12&activation=tanh`);
  await advanceUnseen(page, 40);
  await expect(page.locator(".network-panel")).toHaveScreenshot("matrices.png", tolerance);
});

const schemes = ["light", "dark"] as const;

test("the chart Fit matches its pictures for a curve and for classes in the plane, on a phone and in presentation mode", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, plain);
  const fit = card("Fit")(page);
  const runs = {
    curve: { dataset: "curve", curve: "sum", hidden: [24], activation: "tanh", lr: 0.01, rows: 200 },
    spiral: { dataset: "spiral", hidden: [16], activation: "tanh", lr: 0.01, rows: 200 },
  };
  for (const [name, run] of Object.entries(runs)) {
    await load(page, run);
    await advance(page, 60);
    await page.keyboard.press("g");
    await expect(fit).toContainText("step 60, batch of");
    await expect(fit.locator(".fit-words")).toContainText(/step \d/);
    const trial = fit.getByRole("slider", { name: "trial α" });
    await trial.fill("120");
    await trial.blur();
    await expect(fit.locator(".legend")).toContainText("trial α");
    await settled(page, 60);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await expect.soft(fit).toHaveScreenshot(`fit-${name}-${colorScheme}.png`, tolerance);
    }
    if (name === "curve") await page.keyboard.press("g");
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.soft(fit).toHaveScreenshot("fit-phone.png", tolerance);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.keyboard.press("p");
  await page.keyboard.press("9");
  await expect(page.locator(".presentation")).toBeVisible();
  await expect(fit.locator(".fit-words")).toContainText(/step \d/);
  await expect.soft(fit).toHaveScreenshot("fit-presenting.png", tolerance);
});

test("the dialog of experiments matches its pictures with the results of a range test and of a sweep", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 1200 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, plain);
  await load(page, { rows: 100, inputs: 4, hidden: [3], batchSize: 8 });
  await advanceUnseen(page, 60);
  await page.keyboard.press("x");
  const dialog = page.getByRole("dialog", { name: "Experiments" });
  const matches = async (name: string) => {
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await expect.soft(dialog).toHaveScreenshot(`${name}-${colorScheme}.png`, tolerance);
    }
  };
  for (const [label, typed] of [
    ["from lr", "1e-4"],
    ["times", "1.2"],
  ] as const)
    await dialog.getByLabel(label).fill(typed);
  await dialog.getByRole("button", { name: "Run range test" }).click();
  await expect(dialog.getByRole("status")).toContainText("From step 60: The loss is least at lr");
  await matches("range-test");
  await dialog.getByRole("radio", { name: "Sweep" }).check();
  for (const [label, typed] of [
    ["in:", "5"],
    ["seeds:", "3"],
    ["steps:", "40"],
  ] as const)
    await dialog.getByLabel(label).fill(typed);
  await dialog.getByLabel("Second setting of the sweep").selectOption("batchSize");
  await dialog.getByLabel("values").fill("4,16");
  await dialog.getByRole("button", { name: "Run sweep" }).click();
  await expect(dialog.getByRole("status")).toContainText("Least final loss on the training rows: lr");
  await matches("sweep");
});

test("the panel of the probes matches its pictures", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1150 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, plain);
  await advanceUnseen(page, 237);
  await page.keyboard.press("q");
  const probes = card("Probes")(page);
  await expect(probes).toContainText("step 237, 32 rows");
  await expect(probes.locator(".resamples p")).toContainText("of 16 batches of 32");
  await expect(probes.getByRole("img", { name: /^Shares of dᵀHd/ })).toBeVisible();
  await settled(page, 237);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await expect.soft(probes).toHaveScreenshot(`probes-${colorScheme}.png`, tolerance);
  }
});

test("slow motion matches its picture", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, edited);
  await advance(page, 236);
  await page.keyboard.press("n");
  await expect(page.getByRole("region", { name: "Slow motion" })).toHaveScreenshot("slow-motion.png", tolerance);
});

test("presentation mode matches its picture", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, edited);
  await presentAlphaStar(page);
  await advance(page, 237);
  await page.keyboard.press("1");
  await settled(page, 237);
  // The menu fades three seconds after the last movement of the pointer.
  await page.mouse.move(1, 1);
  await expect(page).toHaveScreenshot("presenting.png", tolerance);
});

test("the top of the page on a phone matches its picture", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await open(page, plain);
  await advanceUnseen(page, 237);
  await expect(page).toHaveScreenshot("phone.png", tolerance);
});

test("the log shows the norms of each epoch", async ({ page }) => {
  await open(page, plain);
  await advance(page, 40);
  await expect(page.locator(".log-lines pre")).toHaveText(
    `Epoch 1, Batch 0: α* 0.2183
  fc1.weight: 2.7414
  fc1.bias: 1.7992
  fc2.weight: 1.4113
  fc2.bias: 0.8833

Epoch 0, Batch 0: α* 0.2226
  fc1.weight: 7.0711
  fc1.bias: 2.2361
  fc2.weight: 2.2361
  fc2.bias: 1.0000
Epoch 0, Loss: 1.9794`,
    { useInnerText: true },
  );
});
