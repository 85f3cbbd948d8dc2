import type { Browser, Page } from "@playwright/test";
import { median } from "../median";
import { timeFullSpeed } from "./fullSpeed";
import type { PageTimes } from "./pageTimes";

/** Times the built page: its start, training at full speed, and one update of all charts. */
export async function timePage(browser: Browser, address: string, log: (line: string) => void): Promise<PageTimes> {
  const times: PageTimes = {};
  for (const engine of ["webgl", "cpu"] as const) {
    times[`navigation to the first measured step, ${engine}, warm cache`] =
      `${await timeStart(browser, address, engine)} ms`;
    log(`start ${engine}: ${Object.values(times).at(-1)}`);
  }
  for (const engine of ["webgl", "cpu"] as const)
    Object.assign(times, await timeFullSpeed(browser, address, engine, log));
  Object.assign(times, await timeUpdates(browser, address));
  return times;
}

/** Time from navigation to the first measured step, in ms: the median of five loads, after one load that fills the cache. */
async function timeStart(browser: Browser, address: string, engine: "webgl" | "cpu"): Promise<number> {
  const context = await browser.newContext();
  const starts: number[] = [];
  for (let load = 0; load < 6; load++) {
    const page = await context.newPage();
    await page.goto(`${address}?engine=${engine}`, { waitUntil: "commit" });
    await page.waitForFunction(() => (window.alphascope?.status().step ?? 0) >= 1, null, { polling: "raf" });
    const ms = await page.evaluate(() => performance.now());
    if (load > 0) starts.push(ms);
    await page.close();
  }
  await context.close();
  return Math.round(median(starts));
}

/** Main-thread time of one step on a paused page, with its redraws, after 1,000 and after 100,000 steps. */
async function timeUpdates(browser: Browser, address: string): Promise<PageTimes> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}?engine=cpu&paused`);
  const advance = (steps: number) => page.evaluate((steps) => window.alphascope.advance(steps), steps);
  await page.evaluate(async () => {
    await window.alphascope.ready;
  });
  await advance(1000);
  const early = await updateCost(page, advance);
  await advance(99_000);
  const late = await updateCost(page, advance);
  await page.close();
  return {
    "main-thread time of one more step with its charts, after 1,000 steps": `${early.toFixed(1)} ms`,
    "the same after 100,000 steps": `${late.toFixed(1)} ms, ${(late / early).toFixed(2)} ×`,
  };
}

async function updateCost(page: Page, advance: (steps: number) => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  const costs: number[] = [];
  for (let round = 0; round < 12; round++) {
    await page.waitForTimeout(600);
    const before = await busy();
    await advance(1);
    // The charts of one update are redrawn over several frames.
    await page.waitForTimeout(600);
    costs.push((await busy()) - before);
  }
  await session.detach();
  return median(costs);
}
