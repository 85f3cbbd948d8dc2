import type { Page } from "@playwright/test";
import { expect, open, test } from "../fixtures";

test.use({ ownContext: true, viewport: { width: 412, height: 823 } });

const painted = (page: Page) => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length > 0);

test("the page paints its title and its purpose before any script has arrived", async ({ page }) => {
  await page.route(/\.js$/, () => {});
  await page.goto("", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Alphascope");
  await expect(page.getByText("How far should Adam step?")).toBeInViewport();
  await expect(page.getByText("This page trains a small neural network")).toBeInViewport();
  await expect(page.getByText("Alphascope has not started")).toBeHidden();
  await expect.poll(() => painted(page)).toBe(true);
  const blocking = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(
        (entry) =>
          (entry as PerformanceResourceTiming & { renderBlockingStatus: string }).renderBlockingStatus === "blocking",
      )
      .map(({ name }) => name),
  );
  expect(blocking).toEqual([]);
});

test("the page has its settings, its side column and its timeline when it is ready", async ({ page }) => {
  await page.goto("?engine=cpu&paused");
  const present = await page.evaluate(async () => {
    await window.alphascope.ready;
    return [".controls .control", ".side .network-panel", ".side .log", ".timeline"].map(
      (selector) => document.querySelector(selector) !== null,
    );
  });
  expect(present).toEqual([true, true, true, true]);
});

test("the largest content of the page on a phone is painted before its scripts draw", async ({ page }) => {
  await page.route(/\/page-[^/]*\.js$/, async (route) => {
    await expect.poll(() => painted(page)).toBe(true);
    await route.continue();
  });
  await open(page, "?engine=cpu");
  await expect(page.locator(".sentence")).toHaveText(/^Adam stepped/);
  const largest = await page.evaluate(
    () =>
      new Promise<(string | null)[]>((resolve) =>
        new PerformanceObserver((list) =>
          resolve(
            list.getEntries().map((entry) => {
              const { element } = entry as PerformanceEntry & { readonly element: Element | null };
              // An element that is no longer in the page is null.
              return element?.className ?? null;
            }),
          ),
        ).observe({ type: "largest-contentful-paint", buffered: true }),
      ),
  );
  expect(new Set(largest)).toEqual(new Set([null]));
});

test.describe("without the script that draws", () => {
  test.use({ expectedErrors: /Failed to load resource|Failed to fetch/ });

  test("the page shows the reason in place of its panels", async ({ page }) => {
    await page.route(/\/page-[^/]*\.js$/, (route) => route.abort());
    await page.goto("");
    await expect(page.getByText("The page could not be loaded from the server.")).toBeVisible();
    await expect(page.evaluate(() => window.alphascope.ready)).rejects.toThrow("The page could not be loaded");
  });
});
