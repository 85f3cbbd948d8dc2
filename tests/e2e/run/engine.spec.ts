import { advance, expect, load, on, open, status, test } from "../fixtures";

test(
  "the panel of the engine measures both engines and switches to the other one when asked",
  on("webgl"),
  async ({ page }) => {
    await open(page, "?engine=webgl&paused");
    await load(page, { rows: 100, lr: 0.02 });
    await advance(page, 40);
    await page.getByRole("button", { name: "Engine: WebGL" }).click();
    await page.getByRole("button", { name: "Measure both" }).click();
    await expect(page.getByRole("progressbar", { name: "Measuring both engines" })).toBeVisible();
    const result = page.locator(".engine-speeds").getByRole("status");
    await expect(result).toHaveText(
      /^CPU: [\d.\s]+ steps\/s; WebGL: [\d.\s]+ steps\/s\. The CPU engine is [\d.\s]+ times faster for this network\.$/,
    );
    expect(await status(page)).toMatchObject({ engine: "webgl", step: 40, state: "paused" });
    await page.getByRole("button", { name: /^Train on the CPU engine/ }).click();
    await expect.poll(async () => (await status(page).catch(() => null))?.engine).toBe("cpu");
    expect(new URL(page.url()).searchParams.get("engine")).toBe("cpu");
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(async () => (await status(page)).step).toBe(40);
    expect(await page.evaluate(() => window.alphascope.recipe())).toMatchObject({ rows: 100, lr: 0.02 });
  },
);

test("the panel of the engine names the engine, and cancels a measurement by keyboard", async ({ page }) => {
  await open(page, "?engine=cpu&paused");
  const badge = page.getByRole("button", { name: "Engine: CPU: selected" });
  await badge.focus();
  await page.keyboard.press("Enter");
  const measure = page.getByRole("button", { name: "Measure both" });
  await expect(measure).toBeFocused();
  await expect(page.locator("#engine-details")).toContainText("in float64. The address selects the CPU");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator(".engine-speeds").getByRole("status")).toHaveText("The measurement was cancelled.");
  await page.keyboard.press("Escape");
  await expect(measure).toBeHidden();
  await expect(badge).toBeFocused();
});
