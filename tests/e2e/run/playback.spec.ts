import { advance, expect, nonsense, open, recipe, status, test } from "../fixtures";

/** The default recipe: network, data, optimiser and minibatches. */
const notebook = {
  seed: 0,
  dataset: "noise",
  curve: "sine",
  kappa: 100,
  rows: 1000,
  inputs: 10,
  outputs: 1,
  noise: 1,
  hidden: [5],
  activation: "relu",
  optimiser: "adam",
  lr: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  weightDecay: 0.01,
  batchSize: 32,
  shuffle: false,
  rule: "lr",
  sigma: 1,
  edits: [],
};

test("a page without parameters plays the notebook's run", async ({ page }) => {
  await open(page, "");
  expect(await recipe(page)).toEqual(notebook);
  expect((await status(page)).playing).toBe(true);
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(20);
  expect(await nonsense(page)).toEqual([]);
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
});

test("the parameter ?paused opens the page paused at step 0", async ({ page }) => {
  await open(page, "?engine=cpu&paused");
  expect(await status(page)).toMatchObject({ step: 0, epoch: 0, playing: false, engine: "cpu", state: "paused" });
  expect(await nonsense(page)).toEqual([]);
});

test("the playback buttons pause, step forward, step back and reset", async ({ page }) => {
  await open(page, "?engine=cpu");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(2);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect.poll(async () => (await status(page)).playing).toBe(false);
  // Steps requested before the pause can still arrive; advance(0) waits for them.
  const settled = await page.evaluate(async () => {
    await window.alphascope.advance(0);
    return window.alphascope.status().step;
  });
  await page.getByRole("button", { name: "1 step", exact: true }).click();
  await expect.poll(async () => (await status(page)).step).toBe(settled + 1);
  await page.getByRole("button", { name: "1 step back" }).click();
  await expect.poll(async () => (await status(page)).step).toBe(settled);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect.poll(async () => (await status(page)).step).toBe(0);
  expect((await status(page)).playing).toBe(false);
});

test("the keys → and Space step and play as the buttons do", async ({ page }) => {
  await open(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await status(page)).step).toBe(1);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await status(page)).playing).toBe(true);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await status(page)).playing).toBe(false);
});

test("the page responds to clicks while it trains at full speed", async ({ page }) => {
  await open(page);
  await page.getByLabel("Speed").selectOption({ label: "max" });
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(5000);
  expect(await nonsense(page)).toEqual([]);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("the page shows step, log and charts after two epochs", async ({ page }) => {
  await open(page);
  await advance(page, 65);
  await expect(page.getByRole("banner").getByText("step 65", { exact: true })).toBeVisible();
  await expect(page.getByText("Epoch 2, Batch 0:")).toBeVisible();
  await expect(page.getByText(/fc1\.weight/).first()).toBeVisible();
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
});
