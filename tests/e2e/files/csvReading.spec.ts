import type { Page } from "@playwright/test";
import { advance, expect, open, recipe, test } from "../fixtures";

/** Drops a file with this content. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name));
      return transfer;
    },
    [name, text] as const,
  );
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
}

const dialogIn = (page: Page) => page.getByRole("dialog", { name: "Select the target column" });

test("the dialog asks how ambiguous numbers and dates are read and trains on the answer", async ({ page }) => {
  await open(page, "?engine=cpu&paused#hidden=4");
  const rows = Array.from({ length: 9 }, (_, r) => `1.00${r};${r + 1}/${9 - r}/90;${r}`);
  await drop(page, "sales.csv", ["Umsatz;day;y", ...rows].join("\n"));
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
  await drop(page, "sp500.csv", ["date,price", ...rows].join("\n"));
  const dialog = dialogIn(page);
  await expect(dialog).toContainText("“price”: 1 value is not a number and counts as missing: “shut” (row 9).");
  await expect(dialog.getByRole("row", { name: /date/ })).toContainText("2000-01-01 to 2004-12-01");
  await dialog.getByRole("button", { name: "Train" }).click();
  await expect(dialog).toBeHidden();
  expect(await recipe(page)).toMatchObject({ dataset: "csv", inputs: 3, outputs: 1 });
  await drop(page, "sales.xlsx", "PK\u0003\u0004\u0014\0 xl/workbook.xml");
  await expect(page.getByRole("alert")).toContainText("save it as CSV");
  expect(await recipe(page)).toMatchObject({ dataset: "csv", inputs: 3 });
});

test("a large CSV file shows its progress, leaves the page responsive, and can be cancelled", async ({ page }) => {
  await open(page, "?engine=cpu&paused#hidden=4");
  await page.evaluate(() => {
    const rows = Array.from({ length: 500_000 }, (_, r) => `${r},${r % 97},${(r * 7919) % 10007},${Math.sin(r)}`);
    const transfer = new DataTransfer();
    transfer.items.add(new File([`a,b,c,y\n${rows.join("\n")}`], "big.csv"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  const reading = page.getByRole("dialog", { name: "Reading big.csv" });
  await expect(reading.getByRole("progressbar")).toBeVisible();
  await reading.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("status").filter({ hasText: "big.csv: the reading was cancelled" })).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
  await advance(page, 3);
  expect(await recipe(page)).toMatchObject({ dataset: "noise" });
});
