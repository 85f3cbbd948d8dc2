import type { Page } from "@playwright/test";
import { advance, expect, open, test } from "../fixtures";

/** Controls whose accessible name lacks the words that they show (WCAG 2.5.3): a user of voice control cannot name them. */
const misnamed = (page: Page) =>
  page.evaluate(() => {
    const words = (text: string) =>
      text
        .toLowerCase()
        .replace(/ᵀ|⊤/gu, "")
        .replace(/[^\p{L}\p{N}]/gu, "");
    return [...document.querySelectorAll<HTMLElement>("button, a, summary, label:has(input), [role=button]")].flatMap(
      (control) => {
        const named = control.matches("label") ? control.querySelector("[aria-label]") : control;
        const name = named?.getAttribute("aria-label");
        const values = [...control.querySelectorAll("output")].map((output) => output.innerText);
        const shown = words(values.reduce((text, value) => text.replace(value, ""), control.innerText));
        return !name || words(name).includes(shown) ? [] : [`“${control.innerText}” is named “${name}”`];
      },
    );
  });

const states: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  "of the page, of a pinned run and of the probes": async (page) => {
    await open(page);
    await advance(page, 60);
    await page.keyboard.press("c");
    await page.keyboard.press("q");
    await expect(page.locator(".probe-answers")).toBeVisible();
    await page.getByRole("button", { name: "Export", exact: true }).click();
  },
  "of the schedule dialog": async (page) => {
    await open(page);
    await page.keyboard.press("d");
    await expect(page.getByRole("dialog")).toContainText("The schedule is one change");
  },
  "of a lesson in presentation mode": async (page) => {
    await open(page, "?engine=cpu&paused&lesson&scene=3");
    await expect(page.getByRole("region", { name: "Lesson" })).toBeVisible();
    await page.keyboard.press("p");
  },
  "of an embedded page": (page) => open(page, "?engine=cpu&paused&embed"),
};

for (const [where, show] of Object.entries(states)) {
  test(`the name of every control ${where} contains the text that the control shows`, async ({ page }) => {
    await show(page);
    expect(await misnamed(page)).toEqual([]);
  });
}

test("formulas, symbols and the log are excluded from the translation of the page", async ({ page }) => {
  await open(page);
  await advance(page, 40);
  const translated = await page.evaluate(() =>
    [...document.querySelectorAll(".formula, .symbol, .log-lines pre, .brand")].filter(
      (element) => !element.closest("[translate=no]"),
    ),
  );
  expect(translated).toEqual([]);
});

test.describe(() => {
  test.use({ ownPage: true });

  test("the Share button shows the link when the browser denies the clipboard", async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, "clipboard", {
        value: { writeText: () => Promise.reject(new DOMException("denied", "NotAllowedError")) },
      });
    });
    await open(page, "?engine=cpu&paused#lr=0.02");
    await page.getByRole("button", { name: "Share" }).click();
    await expect(page.getByRole("alert")).toContainText("#lr=0.02");
  });
});
