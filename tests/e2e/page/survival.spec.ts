import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { advance, expect, open, status, test } from "../fixtures";
import { collectWorkers } from "../workers";

/** Answers every request for a script with an error, as a server that is gone or has another version of the page. */
const stopServing = (page: Page) => page.route(/assets\/.*\.js$/, (route) => route.abort());

test.describe("without a server", () => {
  test.use({
    expectedErrors: /Failed to load resource|ERR_FAILED|could not be loaded from the server|ErrorBoundary/,
    // The cache of a used context may hold the files that a test withholds.
    ownContext: true,
  });

  for (const [part, key, shown] of [
    ["probes", "q", ".probe-answers"],
    ["schedule dialog", "d", "dialog.schedule form"],
  ] as const) {
    test(`the ${part} that cannot be loaded give the reason, keep the run and load at the next attempt`, async ({
      page,
    }) => {
      await open(page);
      await advance(page, 40);
      await stopServing(page);
      await page.keyboard.press(key);
      const fault = page.locator(".part-fault");
      await expect(fault).toContainText("could not be loaded from the server. The run is kept.");
      await advance(page, 1);
      expect(await status(page)).toMatchObject({ step: 41 });
      await page.unroute(/assets\/.*\.js$/);
      await fault.getByRole("button", { name: "Try again" }).click();
      await expect(page.locator(shown).first()).toBeVisible();
      await expect(fault).toHaveCount(0);
    });
  }

  test("tooltips and menus open in the window without the library that places them", async ({ page }) => {
    await open(page);
    await stopServing(page);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const menu = page.locator(".menu:popover-open");
    await expect(menu).toBeVisible();
    const { x, y, width, height } = (await menu.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    expect(Math.min(x, y, 1440 - x - width, 900 - y - height)).toBeGreaterThanOrEqual(0);
    await expect(menu).toHaveCSS("opacity", "1");
  });

  test("a lecture and a run file that cannot be read without a server give the reason in a notice", async ({
    page,
  }) => {
    await open(page);
    await stopServing(page);
    await page.keyboard.press("e");
    await expect(page.getByRole("alert")).toContainText("The lecture could not be loaded from the server");
  });
});

test("a page whose WebGL throws trains on the CPU and gives the reason", async ({ page }) => {
  await page.route(/worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    const script = 'OffscreenCanvas.prototype.getContext = () => { throw new Error("blocked by policy"); };';
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
  await open(page, "?engine=webgl&paused");
  await advance(page, 3);
  expect(await status(page)).toMatchObject({ engine: "cpu", step: 3 });
  await page.getByRole("button", { name: /Engine:\s*CPU/ }).click();
  await expect(page.locator("#engine-details")).toBeVisible();
  await expect(page.locator("#engine-details")).toContainText("blocked by policy");
});

test.describe("in a sandboxed frame", () => {
  // The browser reports that storage and workers are denied.
  test.use({ expectedErrors: /sandbox|Worker|origin|ERR_FAILED|CORS/i, baseURL: "http://127.0.0.1", ownPage: true });
  for (const [query, cors] of [
    ["?embed&engine=cpu", false],
    ["?embed&engine=cpu", true],
    ["?engine=cpu", true],
  ] as const) {
    const server = cors ? "a server that allows every origin" : "a plain server";
    test(`the page with ${query} of ${server} names the attribute that its frame lacks`, async ({ page }) => {
      if (cors) {
        await page.route(`${process.env.ALPHASCOPE_URL}**`, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, headers: { ...response.headers(), "access-control-allow-origin": "*" } });
        });
      }
      const frame = `<iframe title="Alphascope" width="900" height="600" sandbox="allow-scripts" src="${process.env.ALPHASCOPE_URL}${query}"></iframe>`;
      const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(frame));
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await expect(page.frameLocator("iframe").locator("body")).toContainText("allow-same-origin");
      server.closeAllConnections();
      server.close();
    });
  }
});

test.describe("from a disk", () => {
  test.use({ expectedErrors: /CORS|file:|ERR_FAILED/, baseURL: "file:///", ownContext: true });
  test("the page of a build that is opened without a server names the single file", async ({ page }) => {
    await page.goto(pathToFileURL(resolve(import.meta.dirname, "../../../dist/index.html")).href);
    // The text appears after a delay, in which a page from a server starts.
    await page.evaluate(() => document.getAnimations().map((delay) => delay.finish()));
    await expect(page.getByText("alphascope.html")).toBeVisible();
  });
});

test.describe(() => {
  test.use({ ownPage: true });

  test("notices of eight lost workers are one notice", async ({ page }) => {
    await collectWorkers(page);
    await open(page);
    for (let times = 1; times <= 8; times++) {
      await page.evaluate(() => {
        window.workers.trainer?.at(-1)?.dispatchEvent(new ErrorEvent("error", { message: "ended by a test" }));
      });
      await advance(page, 1);
    }
    await expect(page.locator(".notice")).toHaveCount(1);
    await expect(page.locator(".notice")).toContainText("ended by a test");
  });
});

/** The controls whose visible part overlaps the notices. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const notices = document.querySelector(".notices")?.getBoundingClientRect() ?? new DOMRect();
    return [...document.querySelectorAll("button, input, select, [role=slider], summary")].flatMap((control) => {
      let { left, right, top, bottom } = control.getBoundingClientRect();
      for (let around = control.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflow === "visible") continue;
        const box = around.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      const over =
        Math.min(right, notices.right) - Math.max(left, notices.left) > 1 &&
        Math.min(bottom, notices.bottom) - Math.max(top, notices.top) > 1;
      return over && control.checkVisibility() && !control.closest(".notice") ? [control.outerHTML.slice(0, 80)] : [];
    });
  });

for (const [name, query, width, height] of [
  ["the page", "", 1440, 900],
  ["the page on a phone", "", 390, 844],
  ["the page of two columns", "", 1100, 800],
  ["presentation mode", "p", 1280, 720],
  ["an embedded page", "&embed", 640, 400],
] as const) {
  test(`three notices cover no control of ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, `?engine=cpu&paused&colour=red&theme=blue&chart=pie${query === "p" ? "" : query}`);
    if (query === "p") await page.keyboard.press("p");
    await expect(page.locator(".notice")).toHaveCount(3);
    expect(await covered(page)).toEqual([]);
  });
}
