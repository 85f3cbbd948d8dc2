import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type PreviewServer, preview } from "vite";
import { advance, expect, on, open, status, test } from "../fixtures";

test.use({ serviceWorkers: "allow", ownContext: true });

/** A server for one test that can replace text in the service worker. */
class Server {
  /** The text to replace in the service worker; null for none. */
  edit: readonly [found: string | RegExp, put: string] | null = null;
  #preview: PreviewServer | undefined;

  async start(): Promise<string> {
    this.#preview = await preview({
      preview: { port: 0, host: "127.0.0.1" },
      logLevel: "warn",
      plugins: [{ name: "edit", configurePreviewServer: (server) => this.#editWorker(server) }],
    });
    const address = this.#preview.httpServer.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    return `http://127.0.0.1:${address.port}/`;
  }

  async stop(): Promise<void> {
    await this.#preview?.close();
    this.#preview = undefined;
  }

  #editWorker({ middlewares, config }: PreviewServer): void {
    middlewares.use(async (request, response, next) => {
      // A test can end while the file is read.
      const { edit } = this;
      if (!edit || !request.url?.startsWith("/serviceWorker.js")) return next();
      const text = await readFile(join(config.root, config.build.outDir, "serviceWorker.js"), "utf8");
      response.setHeader("Content-Type", "text/javascript");
      response.end(text.replace(...edit));
    });
  }
}

const server = new Server();
test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  baseURL: async ({}, use) => {
    await use(await server.start());
    server.edit = null;
    await server.stop();
  },
});

/** Waits until the page is cached for offline use and returns the names of the caches. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    return caches.keys();
  });

test(
  "a page opened once opens again without a network and trains on each engine",
  on("webgl"),
  async ({ page, baseURL }) => {
    await open(page);
    await kept(page);
    await server.stop();
    await expect(fetch(baseURL ?? "")).rejects.toThrow();
    for (const address of [
      "?engine=cpu&paused",
      "?engine=webgl&paused#lr=0.01",
      "?engine=cpu&paused#dataset=cars",
      "index.html?engine=cpu&paused",
    ]) {
      // A change of the part after # alone would not load the page.
      await page.goto("about:blank");
      await open(page, address);
      await advance(page, 40);
      expect(await status(page)).toMatchObject({ engine: address.match(/cpu|webgl/)?.[0], step: 40 });
    }
    await page.reload();
    await page.evaluate(() => window.alphascope.ready);
    await expect(page.locator(".recharts-surface").first()).toBeVisible();
    const fonts = await page.evaluate(async () =>
      (await document.fonts.load("16px Inter")).map(({ status }) => status),
    );
    expect(fonts).toContain("loaded");
  },
);

test("the service worker registers after the page has started", async ({ page }) => {
  await page.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = function (...args) {
      const charts = document.querySelectorAll(".recharts-surface").length;
      Reflect.set(window, "then", { state: window.alphascope.status().state, charts: charts > 0 });
      return register.apply(this, args);
    };
  });
  await open(page, "?engine=cpu");
  await kept(page);
  expect(await page.evaluate(() => Reflect.get(window, "then"))).toEqual({ state: "playing", charts: true });
});

test("a new version is offered and starts when it is accepted", async ({ page }) => {
  await open(page);
  const [first] = await kept(page);
  server.edit = [/"version":"[^"]+/, '"version":"next'];
  await open(page);
  await advance(page, 5);
  const notice = page.getByRole("status").filter({ hasText: "A new version" });
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Dismiss" }).click();
  // A dismissed version is offered at the next visit.
  await open(page);
  await advance(page, 7);
  await expect(notice).toBeVisible();
  expect(await status(page)).toMatchObject({ step: 7 });
  const loaded = page.waitForEvent("load");
  await notice.getByRole("button", { name: "Reload now" }).click();
  await loaded;
  await page.evaluate(() => window.alphascope.ready);
  expect(await kept(page)).toEqual([first, expect.stringContaining("next")]);
  await advance(page, 3);
  expect(await status(page)).toMatchObject({ step: 3 });
  await expect(notice).toHaveCount(0);
});

test("a page whose files differ from the build is not cached", async ({ page }) => {
  server.edit = [/sha256-.{43}=/, `sha256-${"A".repeat(43)}=`];
  const failed = page.context().waitForEvent("serviceworker");
  await open(page);
  await failed;
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const worker = registration?.installing ?? registration?.waiting ?? registration?.active;
    if (!worker) return "gone";
    await new Promise<void>((resolve) => {
      const check = () => worker.state === "redundant" && resolve();
      worker.addEventListener("statechange", check);
      check();
    });
    return worker.state;
  });
  expect(["gone", "redundant"]).toContain(state);
});
