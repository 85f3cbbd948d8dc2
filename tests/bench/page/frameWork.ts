import type { Browser, Page } from "@playwright/test";
import { group } from "d3-array";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** In µs. */
  readonly ts: number;
  readonly dur?: number;
  /** CPU time of the thread within `dur`, in µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * CPU time of the main thread per frame, in ms: the sum of its tasks from the start of one frame to the start of the next, from the
 * browser's trace.
 */
export async function frameWork(browser: Browser, page: Page, ms: number): Promise<number[]> {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "devtools.timeline"] });
  await page.waitForTimeout(ms);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString("utf8")) as { traceEvents: TraceEvent[] };
  const frameEvents = traceEvents.filter(({ name }) => name === "FireAnimationFrame");
  const threads = group(frameEvents, ({ pid, tid }) => `${pid} ${tid}`);
  // The main thread of the page has the most frames.
  const [thread, frames] = [...threads].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (!frames || frames.length < 2) throw new Error("The trace has no frames.");
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => name === "RunTask" && ph === "X" && `${pid} ${tid}` === thread,
  );
  // One task may run several animation callbacks of the same frame.
  const frameStarts = tasks
    .filter(({ ts, dur = 0 }) => frames.some((frame) => frame.ts >= ts && frame.ts <= ts + dur))
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const work = new Array<number>(Math.max(0, frameStarts.length - 1)).fill(0);
  let at = 0;
  for (const { ts, tdur = 0 } of tasks.sort((a, b) => a.ts - b.ts)) {
    while (at < work.length && ts >= (frameStarts[at + 1] ?? Number.POSITIVE_INFINITY)) at++;
    if (at < work.length && ts >= (frameStarts[0] ?? 0)) work[at] = (work[at] ?? 0) + tdur / 1000;
  }
  return work;
}
