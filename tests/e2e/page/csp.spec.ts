import type { Page } from "@playwright/test";
import { advance, expect, load, on, open, status, test } from "../fixtures";

declare global {
  interface Window {
    /** Violations of the page's policy: directive, address and file. */
    refused: string[];
  }
}

test.use({ ownPage: true });

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
      window.refused.push(`${effectiveDirective} ${blockedURI} ${sourceFile}`),
    );
  });
});

const refused = (page: Page) => page.evaluate(() => window.refused);

for (const engine of ["cpu", "webgl"] as const) {
  test(`the page never violates its own policy on ${engine}`, on(engine), async ({ page }) => {
    await open(page, `?engine=${engine}&paused#unknown=1`);
    expect(await status(page)).toMatchObject({ engine });
    if (engine === "cpu") expect(await status(page)).toMatchObject({ renderer: "CPU, WebAssembly" });
    await advance(page, 70);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("button", { name: "Close" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();

    await page.getByRole("slider", { name: "lr, the learning rate on the ruler" }).press("ArrowRight");
    await page.getByRole("slider", { name: /^α\*.*: step$/ }).press("ArrowLeft");
    await page.getByRole("button", { name: "About the best step" }).focus();
    await page.getByRole("button", { name: "Slow motion" }).click();
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Theme/ }).click();
    await page.keyboard.press("p");
    for (const key of "123456") await page.keyboard.press(key);
    await page.keyboard.press("Escape");

    await load(page, { hidden: [40, 40], dataset: "classes", outputs: 3, activation: "tanh" });
    await advance(page, 5);
    await expect(page.locator(".recharts-surface")).not.toHaveCount(0);
    expect(await refused(page)).toEqual([]);
  });
}

test.describe(() => {
  test.use({ expectedErrors: /Content Security Policy/ });

  test("a foreign script, style or request is blocked by the page's policy", async ({ page }) => {
    await open(page);
    await page.evaluate(async () => {
      const inline = document.createElement("script");
      inline.textContent = "document.title = 'inline'";
      document.head.append(inline);
      const handler = document.createElement("div");
      handler.innerHTML = `<img src="data:," onerror="document.title = 'handler'">`;
      document.body.append(handler);
      const style = document.createElement("style");
      style.textContent = "body { display: none }";
      document.head.append(style);
      // A timer's task obeys the policy; code that the test runner evaluates does not.
      await new Promise<void>((done) => {
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: the policy blocks it.
            eval("document.title = 'eval'");
          } catch {}
          done();
        });
      });
      await fetch("http://localhost:9/").catch(() => {});
      await new Promise((later) => setTimeout(later, 100));
    });
    await expect(page).toHaveTitle(/^Alphascope/);
    await expect(page.locator("body")).toBeVisible();
    const directives = (await refused(page)).map((violation) => violation.split(" ")[0]);
    for (const directive of ["script-src-elem", "script-src-attr", "style-src-elem", "script-src", "connect-src"]) {
      expect(directives).toContain(directive);
    }
    await advance(page, 3);
    expect(await status(page)).toMatchObject({ step: 3 });
  });
});
