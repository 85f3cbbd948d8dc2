import type { Page } from "@playwright/test";
import { advance, expect, on, open, recipe, status, test, trace } from "../fixtures";

const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const choice = (page: Page) => timeline(page).getByRole("combobox", { name: "Where the run pauses" });

/** The first step of the run at which lr/α* is above 0.01, from its trace. */
async function firstAbove(page: Page, above: number): Promise<number> {
  const { alphaStar, verdict } = await trace(page);
  const lr = (await recipe(page)).lr;
  return 1 + verdict.findIndex((one, i) => one === "minimum" && lr / (alphaStar[i] ?? 0) > above);
}

test("the run plays until lr/α* is above a number, and pauses at the first such step", async ({ page }) => {
  await open(page, "?engine=cpu&paused#lr=0.05");
  await choice(page).selectOption({ label: "until a condition" });
  await expect(choice(page)).toHaveValue("ratioAbove");
  const field = timeline(page).getByRole("textbox", { name: "Step ratio at which the run pauses" });
  await field.fill("two");
  await timeline(page).getByRole("button", { name: "Go" }).click();
  await expect(timeline(page).getByText("Enter a number.")).toBeVisible();
  await field.fill("2");
  await timeline(page).getByRole("button", { name: "Go" }).click();
  await expect(page.getByText(/^Paused at step \d+: lr\/α\* is above 2\.$/)).toBeVisible();
  const { step, playing } = await status(page);
  expect(playing).toBe(false);
  expect(step).toBe(await firstAbove(page, 2));
  await expect(choice(page)).toBeVisible();

  // A verdict has no number; the condition can be removed.
  await choice(page).selectOption({ label: "until flat" });
  await expect(timeline(page).getByRole("textbox")).toHaveCount(0);
  await timeline(page).getByRole("button", { name: "Go" }).click();
  await expect(timeline(page).getByText("until flat")).toBeVisible();
  await timeline(page).getByRole("button", { name: "Clear" }).click();
  await expect(choice(page)).toBeVisible();
  expect((await status(page)).playing).toBe(true);
  await page.evaluate(() => window.alphascope.pause());
  expect(await recipe(page)).not.toHaveProperty("stopWhen");
});

test("window.alphascope.stopWhen pauses play at the exact step on WebGL", on("webgl"), async ({ page }) => {
  await open(page, "?engine=webgl&paused#lr=0.05");
  await advance(page, 60);
  const { loss } = await trace(page);
  const below = 1.001 * Math.min(...loss.slice(20));
  const first = 1 + loss.findIndex((one) => one < below);
  await page.evaluate(() => window.alphascope.reset());
  await page.evaluate((below) => window.alphascope.stopWhen({ when: "loss", below }), below);
  await page.evaluate(() => window.alphascope.play());
  await expect.poll(async () => (await status(page)).state).toBe("paused");
  expect((await status(page)).step).toBe(first);
  const refused = await page.evaluate(() => window.alphascope.stopWhen({ when: "loss", below: "0" }).catch(String));
  expect(refused).toContain('stopWhen: found {when: "loss", below: "0"}; allowed: {when: "ratio" or "loss"');
});
