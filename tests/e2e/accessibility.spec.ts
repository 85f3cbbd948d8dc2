import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { advance, divergesAt20, expect, load, open, status, test } from "./fixtures";

/** What axe finds, as rule and element, so that a failure reads as a list of things to mend. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 120)}`),
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in ${colorScheme}: at the start, after training, with help open, diverged`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    expect(await findings(page)).toEqual([]);
    await advance(page, 100);
    expect(await findings(page)).toEqual([]);
    await page.getByText("Network and data").click();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Help" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await load(page, divergesAt20);
    await advance(page, 25);
    expect(await status(page)).toMatchObject({ state: "diverged" });
    expect(await findings(page)).toEqual([]);
  });
}

for (const [width, height] of [
  [390, 844],
  [768, 1024],
  [1440, 900],
  [1920, 1080],
] as const) {
  test(`at ${width} × ${height} nothing scrolls sideways${width >= 1440 ? ", nor down" : ""}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await advance(page, 237);
    const { scrollWidth, scrollHeight } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { scrollWidth, scrollHeight };
    });
    expect(scrollWidth).toBeLessThanOrEqual(width);
    if (width >= 1440) expect(scrollHeight).toBeLessThanOrEqual(height);
  });
}

/** How a control and what is in it are drawn: what a focus ring changes, be it an outline or a stroke of a drawing. */
function looks(control: Element): string {
  // A radio button or box that is itself invisible shows its focus on its label.
  const whole = (control.matches("[type=radio], [type=checkbox]") && control.closest("label")) || control;
  return [whole, ...whole.querySelectorAll("*")]
    .map((element) => {
      const { outline, boxShadow, stroke, strokeWidth, fill } = getComputedStyle(element);
      return [outline, boxShadow, stroke, strokeWidth, fill].join();
    })
    .join();
}

test("the keyboard reaches every control, and shows where it is", async ({ page }) => {
  await page.addInitScript(`window.looks = ${looks}`);
  await open(page);
  await advance(page, 10);
  const reachable = "button:enabled, input:enabled, select:enabled, textarea:enabled, a[href], summary, [tabindex='0']";
  const expected = await page.locator(reachable).evaluateAll((controls) => {
    const { looks } = window as unknown as { looks(control: Element): string };
    // Of a group of radio buttons the keyboard reaches the chosen one.
    const stops = controls.filter((c) => c.checkVisibility() && !(c.matches("[type=radio]") && !c.matches(":checked")));
    for (const [i, control] of stops.entries()) {
      control.setAttribute("data-stop", String(i));
      control.setAttribute("data-looks", looks(control));
    }
    return stops.length;
  });
  expect(expected).toBeGreaterThan(15);
  const reached = new Set<string>();
  for (let i = 0; i < 2 * expected && reached.size < expected; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement?.hasAttribute("data-stop")) return null;
      const { looks } = window as unknown as { looks(control: Element): string };
      const shown = looks(activeElement) !== activeElement.getAttribute("data-looks");
      return `${activeElement.getAttribute("data-stop")}${shown ? "" : " without a focus ring"}`;
    });
    if (stop !== null) reached.add(stop);
  }
  expect([...reached].sort()).toEqual(Array.from({ length: expected }, (_, i) => String(i)).sort());
});
