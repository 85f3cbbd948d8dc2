import { text } from "node:stream/consumers";
import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, expect, load, open, recipe, status, test, trace } from "../fixtures";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Experiments" });
/** The trainer and the observer. */
const pageWorkers = 2;
const small = { rows: 100, inputs: 4, hidden: [3], batchSize: 8 };

test("a range test opened by its key shows loss, α* and the edge against lr, and leaves the run as it is", async ({
  openPage,
}) => {
  const page = await openPage("cpu");
  await load(page, small);
  await advance(page, 60);
  const before = [await trace(page), await recipe(page)];
  await page.keyboard.press("x");
  await dialog(page).getByLabel("from lr").fill("1e-9");
  await expect(dialog(page).getByRole("alert")).toHaveText("Learning rate must be from 1e-8 to 100.");
  await dialog(page).getByLabel("from lr").fill("1e-4");
  await dialog(page).getByLabel("times").fill("1.2");
  await dialog(page).getByLabel("times").press("Enter");
  await expect(dialog(page).getByRole("status")).toContainText(
    /From step 60: The loss is least at lr .* The loss explodes at lr .* The median α\* of the last steps is .* The edge of stability is at lr/,
  );
  const chart = dialog(page).getByRole("img", { name: /^Loss against learning rate\. The loss is least/ });
  await expect(chart.locator(".recharts-curve")).toHaveCount(2);
  await chart.hover();
  await expect(dialog(page).locator("output")).toContainText(/^step \d+: lr .*, loss .*, α\* .*, next α\* /);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  expect([await trace(page), await recipe(page)]).toEqual(before);
});

test("a sweep trains its runs in workers, saves them as CSV and opens a run with the same last loss bit for bit", async ({
  openPage,
}) => {
  const page = await openPage("cpu");
  await load(page, small);
  await advance(page, 10);
  await expect.poll(() => page.workers().length).toBe(pageWorkers);
  await page.keyboard.press("x");
  await dialog(page).getByRole("radio", { name: "Sweep" }).check();
  for (const [label, typed] of [
    ["in", "3"],
    ["seeds", "2"],
    ["steps", "40"],
  ] as const)
    await dialog(page).getByLabel(`${label}:`).fill(typed);
  await dialog(page).getByLabel("Second setting of the sweep").selectOption("batchSize");
  await dialog(page).getByLabel("values").fill("4,0");
  await expect(dialog(page).getByRole("alert")).toHaveText(
    "batchSize: found 0; allowed: whole numbers from 1 to 20000",
  );
  await dialog(page).getByLabel("values").fill("4,16");
  await dialog(page).getByRole("button", { name: "Run sweep" }).click();
  await expect(dialog(page).getByRole("status")).toContainText("Least final loss on the training rows: lr");
  await expect(
    dialog(page).getByRole("img", { name: "Final loss on the training rows, against lr: 12 runs" }),
  ).toBeVisible();
  await expect(
    dialog(page).getByRole("img", { name: /^Steps to a loss of .*, with the best lr, against batch size/ }),
  ).toBeVisible();
  await expect.poll(() => page.workers().length).toBe(pageWorkers);
  expect(await findings(page)).toEqual([]);

  await dialog(page).getByText("All runs").click();
  await expect(dialog(page).getByRole("button", { name: /^Open the run lr .*, B \d+, seed \d: loss/ })).toHaveCount(12);

  const saving = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Save CSV" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("alphascope-sweep-noise-4-3-1-step40.csv");
  const [header = "", ...lines] = (await text(await file.createReadStream())).trimEnd().split("\r\n");
  expect(header).toMatch(/^lr,batchSize,seed,steps,diverged,trainLoss,/);
  expect(lines).toHaveLength(12);

  // A press on the chart opens the run next to the pointer.
  const chart = dialog(page).getByRole("img", { name: /^Final loss on the training rows/ });
  await chart.hover();
  await expect(dialog(page).locator("output")).toContainText(/^lr .*, B \d+, seed \d: loss/);
  await chart.click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => status(page)).toMatchObject({ step: 40, playing: false });
  const { lr, batchSize, seed } = await recipe(page);
  const columns = header.split(",");
  const row = lines
    .map((line) => line.split(","))
    .find((cells) => cells.slice(0, 3).join() === [lr, batchSize, seed].join());
  expect((await trace(page)).loss.at(-1)).toBe(Number(row?.[columns.indexOf("lastMinibatchLoss")]));
  await page.getByRole("button", { name: "Previous run" }).click();
  await expect.poll(async () => [(await status(page)).step, (await recipe(page)).lr]).toEqual([10, 0.001]);
});

test("a cancelled sweep leaves no worker, and its dialog keeps its fields and its complete runs", async ({
  openPage,
}) => {
  const page = await openPage("cpu");
  await load(page, small);
  await advance(page, 10);
  await expect.poll(() => page.workers().length).toBe(pageWorkers);
  await page.keyboard.press("x");
  await dialog(page).getByRole("radio", { name: "Sweep" }).check();
  await dialog(page).getByLabel("steps:").fill("100000");
  await dialog(page).getByRole("button", { name: "Run sweep" }).click();
  await expect(dialog(page).getByText(/^\d+ of \d+ runs, about .* left$/)).toBeVisible();
  expect(page.workers().length).toBeGreaterThan(pageWorkers);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => page.workers().length).toBe(pageWorkers);
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await expect(dialog(page).getByLabel("steps:")).toHaveValue("100000");
  await page.keyboard.press("Escape");
});

test("a link with a sweep opens its form, names its faults and gives the link again", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "?engine=cpu&paused&sweep=lr:1e-3..0.1:3;seeds:0;steps:20;beta1:0,0.9#hidden=4");
  await expect(dialog(page).getByLabel("values")).toHaveValue("0,0.9");
  await expect(dialog(page).getByLabel("seeds:")).toHaveValue("3");
  await dialog(page).getByRole("button", { name: "Copy link" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain("?sweep=lr:0.001..0.1:3;seeds:3;steps:20;beta1:0,0.9#hidden=4");
  await page.keyboard.press("Escape");
  await expect(
    page.getByText("?sweep in the address: seeds: found 0; allowed: whole numbers from 1 to 100"),
  ).toBeVisible();
});
