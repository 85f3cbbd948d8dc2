import { test as base, expect } from "@playwright/test";
import { findFirefox, findWebKit, otherBrowsers } from "./find";
import { openFirefox } from "./firefox";
import type { Tab } from "./tab";
import { openWebKit } from "./webkit";

interface Fixtures {
  /** A tab that stays open for all tests, at 1440 × 900; a test opens its own address. Fails a test on an error of the page. */
  readonly tab: Tab;
}

/** A tab of the browser that the project names. */
async function openTab(project: string): Promise<Tab | null> {
  if (project === "webkit") {
    const webkit = findWebKit();
    return webkit && openWebKit(webkit);
  }
  const firefox = findFirefox();
  return firefox === null ? null : openFirefox(firefox);
}

export const test = base.extend<Fixtures, { readonly browserTab: Tab | null }>({
  browserTab: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use, { project }) => {
      const tab = await openTab(project.name);
      await tab?.resize(1440, 900);
      await use(tab);
      await tab?.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  tab: async ({ browserTab }, use, { project }) => {
    test.skip(!browserTab, `${otherBrowsers[project.name as keyof typeof otherBrowsers].name} is not installed.`);
    if (!browserTab) return;
    await use(browserTab);
    expect(await browserTab.evaluate(() => window.testFaults ?? [], null)).toEqual([]);
  },
});

/** Opens an address of the page, collects the errors of the page from then on, and waits until its engine is ready. */
export async function open(tab: Tab, address: string): Promise<void> {
  await tab.goto(`${process.env.ALPHASCOPE_URL}${address}`);
  // WebDriver can return before the scripts of the page have run.
  await expect.poll(() => tab.evaluate(() => "alphascope" in window, null)).toBe(true);
  await tab.evaluate(() => {
    const faults: string[] = [];
    window.testFaults = faults;
    addEventListener("error", ({ message }) => faults.push(message));
    addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
    return window.alphascope.ready.then(() => null);
  }, null);
}

declare global {
  interface Window {
    testFaults?: string[];
  }
}
