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
  /** Of it, the thread's own time: without what other threads and programs took. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The main thread's work, frame by frame, in ms of its own time: all its tasks from the beginning of one frame to that of
 * the next, as the browser's own trace has them.
 */
export async function frameWork(browser: Browser, page: Page, ms: number): Promise<number[]> {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "devtools.timeline"] });
  // So that the page's own thread can be told from others': it alone has this many frames.
  await page.waitForTimeout(ms);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString("utf8")) as { traceEvents: TraceEvent[] };
  const begun = traceEvents.filter(({ name }) => name === "FireAnimationFrame");
  const threads = group(begun, ({ pid, tid }) => `${pid} ${tid}`);
  const [thread, frames] = [...threads].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (!frames || frames.length < 2) throw new Error("The trace has no frames.");
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => name === "RunTask" && ph === "X" && `${pid} ${tid}` === thread,
  );
  // Several callbacks may belong to one frame: those within one task.
  const begins = tasks
    .filter(({ ts, dur = 0 }) => frames.some((frame) => frame.ts >= ts && frame.ts <= ts + dur))
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const work = new Array<number>(Math.max(0, begins.length - 1)).fill(0);
  let at = 0;
  for (const { ts, tdur = 0 } of tasks.sort((a, b) => a.ts - b.ts)) {
    while (at < work.length && ts >= (begins[at + 1] ?? Number.POSITIVE_INFINITY)) at++;
    if (at < work.length && ts >= (begins[0] ?? 0)) work[at] = (work[at] ?? 0) + tdur / 1000;
  }
  return work;
}
