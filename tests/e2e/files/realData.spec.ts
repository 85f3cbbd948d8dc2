import { violations } from "../axe";
import { drop } from "../drop";
import { advance, expect, load, on, open, recipe, status, test, trace } from "../fixtures";

const rows = Array.from(
  { length: 60 },
  (_, row) => `${row},${["red", "green", "blue"][row % 3]},${(row % 3) * 10 + row / 60}`,
);
const table = ["size;colour;price", ...rows.map((row) => row.replaceAll(",", ";").replaceAll(".", ","))].join("\n");

test(
  "a 784-64-10 network on digits trains on webgl as on the CPU and is scored on held-out rows",
  on("webgl"),
  async ({ page }) => {
    await open(page, "?engine=webgl#dataset=digits&hidden=64&batchSize=128");
    await expect.poll(async () => (await status(page)).step, { timeout: 30_000 }).toBeGreaterThan(4);
    expect(await status(page)).toMatchObject({ engine: "webgl", playing: true });
    await page.evaluate(() => window.alphascope.pause());
    expect(await recipe(page)).toMatchObject({ rows: 2400, inputs: 784, outputs: 10 });
    await page.evaluate(() => window.alphascope.reset());
    await advance(page, 12);
    const onGpu = await trace(page);
    const scores = page.locator(".stats .scores");
    await expect(scores).toContainText(/held-out \d+\.\d % train \d+\.\d %/);

    await open(page, "?engine=cpu&paused#dataset=digits&hidden=64&batchSize=128");
    await advance(page, 12);
    const onCpu = await trace(page);
    for (const [step, loss] of onCpu.loss.entries()) expect(onGpu.loss[step]).toBeCloseTo(loss, 3);
    expect(onCpu.loss.at(-1)).toBeLessThan(0.7 * (onCpu.loss[0] ?? 0));
  },
);

test("the dataset cars trains and disables the settings that follow from the data", async ({ page }) => {
  await open(page, "?engine=cpu&paused#hidden=8&lr=0.01");
  await page.locator("details.network summary").click();
  await page.getByLabel("Dataset", { exact: true }).selectOption("cars");
  await expect.poll(async () => (await recipe(page)).rows).toBe(319);
  await expect(page.locator("#control-rows")).toBeDisabled();
  await expect(page.locator(".data-notes")).toContainText(
    "319 rows to train on, 79 held out. Left out: 8 rows without “mpg”.",
  );
  await advance(page, 100);
  await expect(page.locator(".stats .scores")).toContainText(/held-out ±\d+\.\d+ train ±\d+\.\d+/);
  await expect(page.locator(".legend", { hasText: "held-out rows" })).toBeVisible();
  await expect(page).toHaveURL(/#lr=0\.01&dataset=cars&hidden=8$/);
  await page.getByLabel("Dataset", { exact: true }).selectOption("noise");
  await expect.poll(async () => (await recipe(page)).rows).toBe(1000);
  await expect(page.locator("#control-rows")).toBeEnabled();
  await expect(page.locator(".stats .scores")).toHaveCount(0);
});

test("a CSV file opens with a selected target and stays after a reload; a fault names row and column", async ({
  page,
}) => {
  await open(page, "?engine=cpu&paused#hidden=8&lr=0.01");
  await advance(page, 3);
  await drop(page, { name: "bad.csv", text: "a,b\n1,2\n3,4\n5,6,7\n" });
  await expect(page.getByRole("alert")).toContainText(
    "bad.csv: row 4, column “column 3”: found “7”; the first row has 2 columns",
  );
  expect(await status(page)).toMatchObject({ step: 3 });

  await drop(page, { name: "mine.csv", text: table });
  const dialog = page.getByRole("dialog", { name: "Select the target column" });
  await expect(dialog).toContainText("mine.csv: 60 rows, 3 columns. The data stay in this browser.");
  await expect(dialog.getByLabel("Target")).toHaveValue("2");
  await dialog.getByLabel("Target").selectOption("colour");
  await expect(dialog.getByLabel("as", { exact: true })).toHaveValue("class");
  await dialog.getByRole("button", { name: "Train" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: "Opened mine.csv" })).toContainText(
    "48 rows to train on, 12 held out.",
  );
  expect(await recipe(page)).toMatchObject({ dataset: "csv", rows: 48, inputs: 2, outputs: 3, hidden: [8], lr: 0.01 });
  await advance(page, 60);
  await expect(page.locator(".stats .scores")).toContainText("%");
  const before = await trace(page);
  const file = await page.evaluate(() => window.alphascope.runFile());
  await page.waitForURL(/dataset=csv/);

  await page.reload();
  await page.evaluate(() => window.alphascope.ready);
  expect(await recipe(page)).toMatchObject({ dataset: "csv", rows: 48, outputs: 3 });
  await advance(page, 60);
  expect(await trace(page)).toEqual(before);

  await load(page, file);
  await advance(page, 60);
  expect(await trace(page)).toEqual(before);
});

test("the file picker of the settings opens a CSV, and Cancel keeps the run", async ({ page }) => {
  await open(page);
  await advance(page, 3);
  await page.locator("input[type=file][aria-label='CSV file']").setInputFiles({
    name: "mine.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(table),
  });
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await status(page)).toMatchObject({ step: 3 });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no violation in ${colorScheme} in the settings of a dataset and in the target dialog`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, "?engine=cpu&paused#dataset=penguins&hidden=8");
    await advance(page, 20);
    await page.locator("details.network summary").click();
    await expect(page.locator(".stats .scores")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await drop(page, { name: "mine.csv", text: table });
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
