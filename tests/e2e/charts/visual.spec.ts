import type { Locator, Page } from "@playwright/test";
import { advance, expect, open, test } from "../fixtures";

/**
 * Drawings of fixed runs, against pictures that someone has looked at (`npm run fixtures` takes them anew). The letters are
 * the page's own, but how they are smoothed is the platform's.
 */
test.skip(
  process.platform !== "linux",
  "The pictures were taken on Linux: letters are smoothed differently elsewhere.",
);

/** A line that has moved, or has another colour, differs in more pixels than these; how edges are smoothed does not count. */
const tolerance = { threshold: 0.1, maxDiffPixels: 12, animations: "disabled", caret: "hide" } as const;

/** Two edits, so that every chart has their ticks. */
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

/** Every panel made anew: axes that stay where they are while they can would else depend on what was drawn on the way. */
async function afresh(page: Page, step: number): Promise<void> {
  await page.keyboard.press("p");
  await expect(page.locator(".presentation")).toBeVisible();
  await page.keyboard.press("Escape");
  await settled(page, step);
}

/** Until letters, inspection and charts are those of the step. */
async function settled(page: Page, step: number): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator(".slice-step-name, .update-lines .at-step").first()).toContainText(`step ${step}`);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the panels of a run with edits, in ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, edited);
    await advance(page, 237);
    await afresh(page, 237);
    for (const [name, panel] of Object.entries(panels)) {
      await expect.soft(panel(page)).toHaveScreenshot(`${name}-${colorScheme}.png`, tolerance);
    }
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the edge of stability of a run with edits, in ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, edited);
    await advance(page, 237);
    await page.keyboard.press("p");
    await page.keyboard.press("7");
    const chart = card("Edge of stability")(page);
    // A hand goes over the run, and rests at each of these steps until it has been measured there.
    const plot = chart.getByRole("slider");
    for (const key of ["Home", ...Array.from({ length: 7 }, () => "PageUp")]) {
      await plot.press(key);
      await expect(plot).toHaveAttribute("aria-valuetext", /, λmax \d/);
    }
    await plot.press("Escape");
    // Made anew: its axes have then seen nothing else.
    await page.keyboard.press("1");
    await page.keyboard.press("7");
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    await expect(chart).toContainText("of the threshold");
    await expect(chart).toHaveScreenshot(`edge-${colorScheme}.png`, tolerance);
  });
}

test("uphill and concave: the sentence, the ruler and the slice", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, plain);
  for (const [verdict, step] of [
    ["uphill", 60],
    ["concave", 64],
  ] as const) {
    await advance(page, step - (await page.evaluate(() => window.alphascope.status().step)));
    await afresh(page, step);
    await expect(page.locator(".sentence")).toContainText(
      verdict === "uphill" ? "points uphill" : "Negative curvature",
    );
    for (const name of ["verdict", "slice"]) {
      await expect.soft(panels[name]?.(page) as Locator).toHaveScreenshot(`${name}-${verdict}.png`, tolerance);
    }
  }
});

test("a larger network as matrices", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, `${plain}#hidden=12,12&activation=tanh`);
  await advance(page, 40);
  await afresh(page, 40);
  await expect(page.locator(".network-panel")).toHaveScreenshot("matrices.png", tolerance);
});

test("slow motion and presenting", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page, edited);
  await advance(page, 236);
  await page.keyboard.press("n");
  await expect(page.getByRole("region", { name: "Slow motion" })).toHaveScreenshot("slow-motion.png", tolerance);
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await page.keyboard.press("1");
  await settled(page, 237);
  await expect(page).toHaveScreenshot("presenting.png", tolerance);
});

test("the top of the page on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await open(page, plain);
  await advance(page, 237);
  await afresh(page, 237);
  await expect(page).toHaveScreenshot("phone.png", tolerance);
});

test("the log, whose letters are the system's, as text", async ({ page }) => {
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
