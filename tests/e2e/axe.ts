import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

// Lighthouse asks for targets of 24 pixels, which axe alone leaves out.
const everyRule = { rules: { "target-size": { enabled: true } } };
/** All that other colours can break. */
const contrast = { runOnly: ["color-contrast"] };

/** What axe finds in light colours and then in dark, as rule and element: a failure reads as a list of things to mend. */
export async function findings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, options] of [
    ["light", everyRule],
    ["dark", contrast],
  ] as const) {
    // What fades has then faded: half-way it has no contrast.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).options(options).analyze();
    for (const { id, impact, nodes } of violations)
      for (const { html } of nodes) found.push(`${colorScheme}: ${impact} ${id}: ${html.slice(0, 120)}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}
