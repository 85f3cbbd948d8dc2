import type { Page } from "@playwright/test";
import { advance, expect, open, recipe, status, test, trace } from "../fixtures";

test.use({ ownPage: true });

/** A CSV file of two columns; `slope` makes files of equal length differ. */
const csv = (rows: number, slope = 1) =>
  ["x,y", ...Array.from({ length: rows }, (_, row) => `${row},${((slope * row * row) % 17) + 0.5}`)].join("\n");

/** Opens a CSV file with the picker of the settings and trains on it. */
async function trainOn(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator("input[type=file][aria-label='CSV file']")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("dialog").getByRole("button", { name: "Train" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect.poll(async () => (await recipe(page)).dataset).toBe("csv");
  await page.evaluate(() => window.alphascope.pause());
  await page.evaluate(() => window.alphascope.reset());
  await page.waitForURL(/dataset=csv/);
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.evaluate(() => window.alphascope.ready);
}

const summary = (page: Page) => page.locator("details.network summary p");
const offer = (page: Page) => page.locator(".notice", { hasText: "The previous run" });
const notice = (page: Page, text: string | RegExp) => page.locator(".notice", { hasText: text });

async function resume(page: Page, step: number): Promise<void> {
  await offer(page).getByRole("button", { name: "Resume" }).click();
  await expect.poll(() => status(page)).toMatchObject({ step, playing: false });
}

/** A second tab of the same browser. */
async function newTab(page: Page, address?: string): Promise<Page> {
  const other = await page.context().newPage();
  await open(other, address);
  return other;
}

for (const [names, second] of [
  [["one.csv", "two.csv"], csv(60)],
  [["same.csv", "same.csv"], csv(30, 3)],
] as const) {
  test(`two tabs on ${names.join(" and ")} of different contents keep their rows and runs after reloads`, async ({
    page,
  }) => {
    await open(page);
    await trainOn(page, names[0], csv(30));
    await advance(page, 40);
    const other = await newTab(page);
    await trainOn(other, names[1], second);
    await advance(other, 50);
    const traces = [await trace(page), await trace(other)];

    for (const [at, tab] of [page, other, page].entries()) {
      const [step, before] = tab === page ? [40, traces[0]] : [50, traces[1]];
      await reload(tab);
      await expect(summary(tab)).toContainText(tab === page ? `${names[0]}, 24 rows` : names[1]);
      await expect(notice(tab, "opened last")).toHaveCount(0);
      await expect(offer(tab)).toContainText(`on ${tab === page ? names[0] : names[1]} stopped at step ${step}.`);
      if (at === 1) {
        await advance(tab, step);
        expect(await trace(tab)).toEqual(before);
      } else {
        await resume(tab, step);
        expect(await trace(tab)).toEqual(before);
      }
    }
    await other.close();
  });
}

test("a duplicated tab trains on the same file, and changes nothing of the first tab", async ({ page }) => {
  await open(page);
  await trainOn(page, "one.csv", csv(30));
  await advance(page, 40);
  const opened = page.waitForEvent("popup");
  // A window opened by a script gets a copy of the session storage, as a duplicated tab does.
  await page.evaluate(() => void window.open(location.href));
  const copy = await opened;
  await copy.waitForLoadState();
  await copy.evaluate(() => window.alphascope.ready);
  await expect(summary(copy)).toContainText("one.csv, 24 rows");
  await trainOn(copy, "two.csv", csv(60));
  await advance(copy, 70);
  await reload(page);
  await expect(summary(page)).toContainText("one.csv, 24 rows");
  await resume(page, 40);
  await reload(copy);
  await expect(summary(copy)).toContainText("two.csv, 48 rows");
  await resume(copy, 70);
  await copy.close();
});

test("a tab offers its run and its file after a crash", async ({ page }) => {
  // A page that crashes gets no event at its end.
  await page.addInitScript(() => addEventListener("pagehide", (event) => event.stopImmediatePropagation()));
  await open(page);
  await trainOn(page, "one.csv", csv(30));
  await advance(page, 40);
  const other = await newTab(page);
  await trainOn(other, "two.csv", csv(60));
  await expect
    .poll(() => page.evaluate(() => Object.values(localStorage).some((value) => value.includes('"step":40'))))
    .toBe(true);
  await reload(page);
  await expect(summary(page)).toContainText("one.csv, 24 rows");
  await resume(page, 40);
  await other.close();
});

test("a new tab offers the last run of a closed tab, and no run of an open tab", async ({ page }) => {
  await open(page);
  await trainOn(page, "one.csv", csv(30));
  await advance(page, 40);
  const open1 = await newTab(page);
  await advance(open1, 90);
  for (const kept of ['"step":40', '"step":90'])
    await expect
      .poll(() => page.evaluate((text) => Object.values(localStorage).some((value) => value.includes(text)), kept))
      .toBe(true);
  await page.close();
  const other = await newTab(open1);
  await expect(offer(other)).toContainText("on one.csv stopped at step 40.");
  await resume(other, 40);
  await expect(summary(other)).toContainText("one.csv, 24 rows");
  // The address and the entry of the tab follow the run within a second.
  await expect.poll(() => other.evaluate(() => location.hash)).toContain("dataset=csv");
  await expect
    .poll(() => other.evaluate(() => Object.values(localStorage).filter((value) => value.includes("one.csv")).length))
    .toBeGreaterThan(0);
  await reload(other);
  await expect(summary(other)).toContainText("one.csv, 24 rows");
});

test("a link to a CSV file names the file that the run trains on in a tab without a file", async ({ page }) => {
  await open(page, "?engine=cpu&paused#dataset=csv&lr=0.02");
  await expect(notice(page, "dataset: no CSV is open in this browser.")).toBeVisible();
  expect(await recipe(page)).toMatchObject({ dataset: "noise", lr: 0.02 });
  await trainOn(page, "one.csv", csv(30));
  const other = await newTab(page, "?engine=cpu&paused#dataset=csv&lr=0.02");
  await expect(notice(other, "The run trains on one.csv, the CSV file opened last in this browser.")).toBeVisible();
  await expect(summary(other)).toContainText("one.csv, 24 rows");
  await trainOn(page, "two.csv", csv(60));
  await reload(other);
  await expect(summary(other)).toContainText("one.csv, 24 rows");
  await expect(notice(other, "opened last")).toHaveCount(0);
  await other.close();
});

test("a tab whose rows are no longer stored names its file and takes no other file", async ({ page }) => {
  await open(page);
  await trainOn(page, "one.csv", csv(30));
  await advance(page, 40);
  const other = await newTab(page);
  await trainOn(other, "two.csv", csv(60));
  await page.evaluate(async () => {
    const key = JSON.parse(
      Object.values(localStorage).find((value) => value.includes("one.csv") && value.includes('"run"')) ?? "",
    ).table.key;
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("keyval-store");
      request.onsuccess = () => resolve(request.result);
    });
    database.transaction("keyval", "readwrite").objectStore("keyval").delete(`alphascope-data ${key}`);
    database.close();
  });
  await reload(page);
  await expect(notice(page, "the rows of one.csv are no longer in this browser. Open the file again.")).toHaveCount(1);
  expect((await recipe(page)).dataset).toBe("noise");
  await other.close();
});

test("a page with blocked storage trains on a CSV file and gives notice that a reload loses the file", async ({
  page,
}) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The storage is blocked.", "SecurityError");
        },
      });
    }
  });
  await open(page);
  await advance(page, 3);
  await trainOn(page, "one.csv", csv(30));
  await expect(notice(page, "A reload loses one.csv: the storage of this browser is blocked or full.")).toBeVisible();
  await advance(page, 40);
  await reload(page);
  await expect(notice(page, "dataset: no CSV is open in this browser.")).toBeVisible();
  expect(await status(page)).toMatchObject({ step: 0, state: "paused" });
});

test("pinned runs come back with the resumed run after a reload, and are drawn", async ({ page }) => {
  await open(page, "?engine=cpu&paused#rows=100");
  await advance(page, 60);
  await page.keyboard.press("c");
  await page.evaluate(() => window.alphascope.set({ lr: 0.05 }));
  await advance(page, 20);
  const chips = page.getByRole("list", { name: "Compared runs" }).getByRole("listitem");
  const before = await chips.allTextContents();
  await reload(page);
  await expect(chips).toHaveCount(0);
  await expect(offer(page)).toContainText("The previous run stopped at step 80, with a pinned run.");
  await resume(page, 80);
  await expect(chips).toHaveText(before);
  await expect(page.locator(".compared-line").first()).toBeAttached();
});
