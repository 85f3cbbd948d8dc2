import type { Browser, Page } from "@playwright/test";
import { linkOf } from "../../../src/core/recipe/link";
import { questionedRuns } from "./runs";

/** A run that plays while the page asks its questions. */
export interface Questioned {
  readonly run: string;
  /** Steps per second of the engine without a page. */
  readonly alone: number;
  /** Steps per second at 60 steps a second, and as fast as possible. */
  readonly at60: number;
  readonly atMax: number;
  /** The greatest age of the step that “Loss along d” shows, in seconds, at both speeds. */
  readonly late60: number;
  readonly lateMax: number;
}

/** Time for the first answers, and of one measurement, in ms. */
const [settleMs, durationMs] = [6_000, 10_000];

/** Plays each run with every panel in sight. @param alone steps per second of each run's engine alone */
export async function timeQuestions(
  browser: Browser,
  address: string,
  alone: Readonly<Record<string, number>>,
  log: (line: string) => void,
): Promise<Questioned[]> {
  const times: Questioned[] = [];
  for (const [run, { engine, recipe }] of Object.entries(questionedRuns)) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${address}?engine=${engine}&paused${linkOf(recipe)}`);
    await page.evaluate(() => window.alphascope.ready);
    const [at60, late60] = await playAt(page, "60/s");
    const [atMax, lateMax] = await playAt(page, "max");
    await page.close();
    times.push({ run, alone: alone[run] ?? Number.NaN, at60, atMax, late60, lateMax });
    log(JSON.stringify(times.at(-1)));
  }
  return times;
}

/** @returns steps per second, and the greatest age of the step shown, in seconds */
async function playAt(page: Page, speed: string): Promise<[number, number]> {
  await page.getByRole("combobox", { name: /speed/i }).selectOption({ label: speed });
  await page.evaluate(async () => {
    await window.alphascope.reset();
    window.alphascope.play();
  });
  await page.waitForTimeout(settleMs);
  const measured = await page.evaluate(async (durationMs) => {
    const shown = [...document.querySelectorAll("section")].find((card) => /Loss along d/.test(card.textContent ?? ""));
    /** The times at which steps were measured, in ms. */
    const measuredAt = new Map<number, number>();
    const [begin, first] = [performance.now(), window.alphascope.status().step];
    let last = first;
    let greatest = 0;
    while (performance.now() < begin + durationMs) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const [now, { step }] = [performance.now(), window.alphascope.status()];
      for (; last < step; last++) measuredAt.set(last + 1, now);
      const text = /step ([\d\s]+)/.exec(shown?.querySelector(".slice-step-name")?.textContent ?? "")?.[1] ?? "0";
      // A step from before the measurement counts from its beginning.
      greatest = Math.max(greatest, now - (measuredAt.get(Number(text.replace(/\s/g, ""))) ?? begin));
    }
    return { steps: last - first, ms: performance.now() - begin, greatest };
  }, durationMs);
  await page.evaluate(() => window.alphascope.pause());
  return [(1000 * measured.steps) / measured.ms, measured.greatest / 1000];
}
