import type { Page } from "@playwright/test";
import { drop } from "../drop";
import { advance, expect, open, recipe, status, test } from "../fixtures";

const dialogIn = (page: Page) => page.getByRole("dialog", { name: "Select the target column" });

test("the dialog asks how ambiguous numbers and dates are read and trains on the answer", async ({ page }) => {
  await open(page, "?engine=cpu&paused#hidden=4");
  const rows = Array.from({ length: 9 }, (_, r) => `1.00${r};${r + 1}/${9 - r}/90;${r}`);
  await drop(page, { name: "sales.csv", text: ["Umsatz;day;y", ...rows].join("\n") });
  const dialog = dialogIn(page);
  const numbers = dialog.getByRole("group", { name: "“1.000” in the column “Umsatz” has two readings. It is" });
  await expect(numbers.getByLabel("1000, with a decimal comma")).toBeChecked();
  await expect(dialog.getByRole("row", { name: /Umsatz/ })).toContainText("numbers, 9 different values, 1000 to 1008");
  await numbers.getByLabel("1, with a decimal point").check();
  await expect(dialog.getByRole("row", { name: /Umsatz/ })).toContainText("1.000 to 1.008");
  await dialog.getByLabel("1990-01-09, with the month first").check();
  await expect(dialog.getByRole("row", { name: /day/ })).toContainText("times, 9 different values, 1990-01-09 to");
  await expect(numbers.getByLabel("1, with a decimal point")).toBeChecked();
  await dialog.getByRole("button", { name: "Train" }).click();
  await expect(dialog).toBeHidden();
  expect(await recipe(page)).toMatchObject({ dataset: "csv", rows: 8, inputs: 2, outputs: 1 });
  await advance(page, 5);
});

test("a column of dates is an input, a text among numbers is named, and a workbook asks for CSV", async ({ page }) => {
  await open(page, "?engine=cpu&paused#hidden=4");
  const rows = Array.from({ length: 60 }, (_, m) => {
    const month = new Date(Date.UTC(2000, m)).toLocaleDateString("en-US", { month: "short", timeZone: "UTC" });
    return `${month} 1 ${2000 + Math.floor(m / 12)},${m === 7 ? "shut" : 100 + m}`;
  });
  await drop(page, { name: "sp500.csv", text: ["date,price", ...rows].join("\n") });
  const dialog = dialogIn(page);
  await expect(dialog).toContainText("“price”: 1 value is not a number and counts as missing: “shut” (row 9).");
  await expect(dialog.getByRole("row", { name: /date/ })).toContainText("2000-01-01 to 2004-12-01");
  await dialog.getByRole("button", { name: "Train" }).click();
  await expect(dialog).toBeHidden();
  expect(await recipe(page)).toMatchObject({ dataset: "csv", inputs: 3, outputs: 1 });
  await drop(page, { name: "sales.xlsx", text: "PK\u0003\u0004\u0014\0 xl/workbook.xml" });
  await expect(page.getByRole("alert")).toContainText("save it as CSV");
  expect(await recipe(page)).toMatchObject({ dataset: "csv", inputs: 3 });
});

const small = "a,b\n1,2\n2,3\n3,5\n4,7\n5,9\n";

/** Holds the script of the worker that reads CSV files until the returned function is called. */
async function holdReader(page: Page): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/csv.worker*", async (route) => {
    await released;
    await route.continue().catch(() => {}); // the worker has ended
  });
  return release;
}

test("a CSV file that is read slowly shows its progress and then the dialog of the target", async ({ page }) => {
  const release = await holdReader(page);
  await open(page, "?engine=cpu&paused#hidden=4");
  await drop(page, { name: "slow.csv", text: small });
  const reading = page.getByRole("dialog", { name: "Reading slow.csv" });
  await expect(reading.getByRole("progressbar")).toBeVisible();
  await advance(page, 3);
  release();
  await expect(dialogIn(page)).toContainText("slow.csv: 5 rows, 2 columns.");
  await expect(dialogIn(page).getByLabel("Target")).toBeFocused();
  await dialogIn(page).getByRole("button", { name: "Train" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await recipe(page)).toMatchObject({ dataset: "csv" });
});

for (const end of ["Cancel", "Escape"] as const) {
  test(`${end} ends the reading of a CSV file and keeps the run`, async ({ page }) => {
    const release = await holdReader(page);
    await open(page, "?engine=cpu&paused#hidden=4");
    await advance(page, 3);
    await drop(page, { name: "slow.csv", text: small });
    const reading = page.getByRole("dialog", { name: "Reading slow.csv" });
    await expect(reading).toBeVisible();
    if (end === "Cancel") await reading.getByRole("button", { name: "Cancel" }).click();
    else await page.keyboard.press("Escape");
    await expect(page.getByRole("status").filter({ hasText: "slow.csv: the reading was cancelled" })).toBeVisible();
    await expect(page.getByRole("dialog")).toBeHidden();
    release();
    expect(await status(page)).toMatchObject({ step: 3 });
  });
}
