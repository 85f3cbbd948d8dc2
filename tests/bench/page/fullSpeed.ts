import type { Browser, Page } from "@playwright/test";
import { dragHandle, lagsOf } from "./drag";
import { frameWork } from "./frameWork";
import { type PageTimes, stepRateName } from "./pageTimes";
import { countRedraws } from "./redraws";

/** The duration of each measurement, in ms. At full speed on the cpu engine a run ends after about eight seconds. */
const duration = 5_000;

/** Measurements at full speed with every panel visible. */
interface FullSpeed {
  readonly stepsPerSecond: number;
  /** Main-thread work of each frame, in ms. */
  readonly work: readonly number[];
  /** Redraws per second, by chart. */
  readonly redraws: Readonly<Record<string, number>>;
  /** The handle's delay behind the pointer, in frames; null where it is longer than 4. */
  readonly lags: readonly (number | null)[];
  readonly dragFps: number;
}

/** Times the built page during training at full speed: frames, redraws, and a drag of the learning rate. */
export async function timeFullSpeed(
  browser: Browser,
  address: string,
  engine: "webgl" | "cpu",
  log: (line: string) => void,
): Promise<PageTimes> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}?engine=${engine}&paused`);
  await page.evaluate(() => window.alphascope.ready);
  await page.getByRole("combobox", { name: /speed/i }).selectOption({ label: "max" });
  // The charts are created before the measurement.
  await page.waitForTimeout(1000);
  await restart(page);
  const start = await page.evaluate(() => [window.alphascope.status().step, performance.now()] as const);
  const redraws = await countRedraws(page, duration);
  const end = await page.evaluate(() => [window.alphascope.status().step, performance.now()] as const);
  await restart(page);
  const work = await frameWork(browser, page, duration);
  await restart(page);
  const frames = await dragHandle(page, duration);
  if (!(await page.evaluate(() => window.alphascope.status().playing)))
    throw new Error("The run ended before the measurements.");
  await page.close();
  const { rows, line } = describe(engine, {
    stepsPerSecond: (1000 * (end[0] - start[0])) / (end[1] - start[1]),
    work,
    redraws,
    lags: lagsOf(frames.list),
    dragFps: (1000 * frames.list.length) / frames.ms,
  });
  log(line);
  return rows;
}

/** Restarts the run at full speed and waits until the charts no longer draw every step as a point. */
async function restart(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.alphascope.reset();
    window.alphascope.play();
  });
  await page.waitForTimeout(1000);
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0;

function describe(engine: string, { stepsPerSecond, work, redraws, lags, dragFps }: FullSpeed) {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const shareOf = (test: (lag: number | null) => boolean) => percent(lags.filter(test).length / lags.length);
  const handle = [
    shareOf((lag) => lag === 0),
    shareOf((lag) => lag === 1),
    shareOf((lag) => lag === null || lag > 1),
  ].join(" / ");
  const shareUnder50 = work.filter((ms) => ms < 50).length / work.length;
  const rows: PageTimes = {
    [stepRateName(engine)]: Math.round(stepsPerSecond).toLocaleString("en"),
    [`main-thread work a frame, ${engine}, median / 95% / 99%`]: `${[0.5, 0.95, 0.99].map((q) => quantile(work, q).toFixed(0)).join(" / ")} ms`,
    [`frames under 50 ms of it, ${engine}`]: `${percent(shareUnder50)} of ${work.length}`,
    [`redraws a second, ${engine}`]: Object.entries(redraws)
      .map(([name, rate]) => `${name} ${rate.toFixed(1)}`)
      .join(", "),
    [`the dragged handle, ${engine}: under the pointer / a frame behind / further`]: `${handle} at ${dragFps.toFixed(0)} frames a second`,
  };
  return { rows, line: JSON.stringify(rows, null, 1) };
}
