import type { Browser, Page } from "@playwright/test";
import { median } from "./engines";

/** What was measured, by name, as text for people. */
export type PageTimes = Record<string, string>;

interface Frames {
  readonly frames: number[];
  readonly longTasks: number[];
  readonly answers: number[];
}

/** Times the built page: its start, its frames while the cpu engine trains as fast as it can, and its charts' updates. */
export async function timePage(browser: Browser, address: string, log: (line: string) => void): Promise<PageTimes> {
  const times: PageTimes = {};
  for (const engine of ["webgl", "cpu"] as const) {
    times[`navigation to the first measured step, ${engine}, warm cache`] =
      `${await timeStart(browser, address, engine)} ms`;
    log(`start ${engine}: ${Object.values(times).at(-1)}`);
  }
  Object.assign(times, describe(await timeFrames(browser, address, 30_000)));
  log(JSON.stringify(times));
  Object.assign(times, await timeUpdates(browser, address));
  return times;
}

/** Median over loads of the page, after one that fills the cache. */
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

/** Frame intervals and long tasks while training runs at full speed and a slider is moved by key every half second. */
async function timeFrames(browser: Browser, address: string, ms: number): Promise<Frames> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}?engine=cpu&paused`);
  await page.evaluate(async () => {
    await window.alphascope.ready;
  });
  await page.getByRole("combobox", { name: /speed/i }).selectOption({ label: "max" });
  await page.evaluate(() => window.alphascope.play());
  await page.waitForTimeout(2000);
  const slider = page.getByRole("slider", { name: "Learning rate", exact: true });
  await slider.focus();
  const measured = page.evaluate(
    (ms) =>
      new Promise<Frames>((resolve) => {
        const result: Frames = { frames: [], longTasks: [], answers: [] };
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) result.longTasks.push(duration);
        });
        observer.observe({ type: "longtask" });
        // From the key event to the frame after it: what a hand on the slider feels.
        document.addEventListener("keydown", ({ timeStamp }) => {
          requestAnimationFrame(() => setTimeout(() => result.answers.push(performance.now() - timeStamp)));
        });
        const begin = performance.now();
        let last = begin;
        const frame = (now: number) => {
          result.frames.push(now - last);
          last = now;
          if (now - begin < ms) requestAnimationFrame(frame);
          else {
            observer.disconnect();
            resolve(result);
          }
        };
        requestAnimationFrame(frame);
      }),
    ms,
  );
  for (let key = 0; key < ms / 500 - 2; key++) {
    await page.waitForTimeout(480);
    await slider.press(key % 2 ? "ArrowLeft" : "ArrowRight");
  }
  const frames = await measured;
  await page.close();
  return frames;
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0;

function describe({ frames, longTasks, answers }: Frames): PageTimes {
  const ms = (values: readonly number[], ...quantiles: number[]) =>
    quantiles.map((q) => quantile(values, q).toFixed(0)).join(" / ");
  return {
    "frame intervals over 30 s at full speed, median / 95% / 99% / longest": `${ms(frames, 0.5, 0.95, 0.99, 1)} ms`,
    "long tasks (over 50 ms) in those 30 s": `${longTasks.length}, longest ${ms(longTasks, 1)} ms`,
    "key on a slider to the frame after, median / 95%": `${ms(answers, 0.5, 0.95)} ms`,
  };
}

/** Main-thread time that one more step costs a paused page, charts redrawn, after 1,000 and after 100,000 steps. */
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
    // Charts are drawn one a frame.
    await page.waitForTimeout(600);
    costs.push((await busy()) - before);
  }
  await session.detach();
  return median(costs);
}
