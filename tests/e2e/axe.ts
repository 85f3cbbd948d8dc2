import type { Frame, Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";

// Lighthouse checks targets of 24 pixels; axe leaves the rule out by default.
const everyRule: RunOptions = { rules: { "target-size": { enabled: true } } };
/** The only rule whose result depends on colours. */
const contrast: RunOptions = { runOnly: ["color-contrast"] };

/** The violations of Alphascope in its current colours, one line a violation: rule and element. */
export async function violations(page: Page, rules: RunOptions = everyRule): Promise<string[]> {
  // Without this, axe describes every element that passes, which takes twice as long as the checks.
  const options: RunOptions = { ...rules, resultTypes: ["violations"] };
  // A page around a frame is a deck of a test.
  const frame = page.frames().find((frame) => frame.childFrames().length === 0) ?? page.mainFrame();
  const found = await violationsIn(frame, options);
  if (!found.some(isSmallTarget)) return found;
  // A bar with a fixed place can cover a part of a target: a target that is too small is so at another place of the page, too.
  await frame.evaluate(() => scrollBy(0, 100));
  const elsewhere = await violationsIn(frame, { runOnly: ["target-size"] });
  await frame.evaluate(() => scrollBy(0, -100));
  return found.filter((violation) => !isSmallTarget(violation) || elsewhere.includes(violation));
}

const isSmallTarget = (violation: string) => violation.includes(" target-size: ");

async function violationsIn(frame: Frame, options: RunOptions): Promise<string[]> {
  const { violations } = await run(frame, options);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 120)}`),
  );
}

async function run(frame: Frame, options: RunOptions) {
  if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(axe.source);
  return frame.evaluate((options) => (window as unknown as { axe: typeof axe }).axe.run(document, options), options);
}

/** The violations of all rules in light colours and those of the contrast rule in dark colours. */
export async function findings(
  page: Page,
  schemes: readonly ("light" | "dark")[] = ["light", "dark"],
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    // An element in the middle of a transition has no contrast of its own.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const rules = colorScheme === "light" ? everyRule : contrast;
    for (const violation of await violations(page, rules)) found.push(`${colorScheme}: ${violation}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}
