import { expect } from "@playwright/test";
import { caseNames } from "../reference/decode";
import { columnsOf, differences, runFileOf, verdictOf } from "../reference/runs";
import { readCase, readTrace } from "../unit/support/reference";
import { open, test } from "./fixtures";
import type { Tab } from "./tab";

/** The trace of a run file after this many steps. */
const traceOf = (tab: Tab, file: unknown, steps: number) =>
  tab.evaluate(
    async ([run, n]) => {
      await window.alphascope.load(run);
      await window.alphascope.advance(n);
      return window.alphascope.trace();
    },
    [file, steps] as const,
  );

test("the cpu engine agrees within 1e-9 with PyTorch, as it does in Chromium, at every step of all cases", async ({
  tab,
}) => {
  await open(tab, "?engine=cpu&paused");
  for (const name of caseNames) {
    const { rows } = readTrace(name);
    const mine = await traceOf(tab, runFileOf(name), readCase(name).steps);
    const wrong = Object.entries(columnsOf(rows)).flatMap(([key, expected]) =>
      differences(key, mine[key as keyof typeof mine], expected, 1e-9, 1e-12),
    );
    expect(wrong, name).toEqual([]);
    expect(mine.verdict, name).toEqual(rows.map(verdictOf));
  }
});

test("the webgl engine agrees within 1% with PyTorch, as it does in Chromium, for 32 steps; without WebGL in workers the badge gives the reason", async ({
  tab,
}) => {
  await open(tab, "?engine=webgl&paused");
  const { engine } = await tab.evaluate(() => window.alphascope.status(), null);
  if (engine === "cpu") {
    const reason = await tab.evaluate(() => document.querySelector("#engine-details")?.textContent, null);
    expect(reason).toMatch(
      /The address selects WebGL \(\?engine=webgl\), but this browser offers no WebGL2? in workers/,
    );
    return;
  }
  for (const name of caseNames) {
    const rows = readTrace(name).rows.slice(0, 32);
    const mine = await traceOf(tab, runFileOf(name), 32);
    const wrong = Object.entries(columnsOf(rows)).flatMap(([key, expected]) =>
      differences(key, mine[key as keyof typeof mine], expected, 1e-2, 1e-6),
    );
    expect(wrong, name).toEqual([]);
  }
});
