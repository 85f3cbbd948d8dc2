import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";

// Lighthouse checks targets of 24 pixels; axe leaves the rule out by default.
const everyRule: RunOptions = { rules: { "target-size": { enabled: true } } };
/** The only rule whose result depends on colours. */
const contrast: RunOptions = { runOnly: ["color-contrast"] };

/** The violations of all rules on the page in its current colours, one line a violation: rule and element. */
export async function violations(page: Page, rules: RunOptions = everyRule): Promise<string[]> {
  // Without this, axe describes every element that passes, which takes twice as long as the checks.
  const options: RunOptions = { ...rules, resultTypes: ["violations"] };
  const { violations } =
    page.frames().length > 1 ? await new AxeBuilder({ page }).options(options).analyze() : await run(page, options);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 120)}`),
  );
}

/** AxeBuilder merges the results of frames in a new page. A page without frames needs no other page. */
async function run(page: Page, options: RunOptions) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate((options) => (window as unknown as { axe: typeof axe }).axe.run(document, options), options);
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
