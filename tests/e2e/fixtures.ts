import { test as base, expect as baseExpect, type ConsoleMessage, type Page, type Request } from "@playwright/test";

const poll: typeof baseExpect.poll = (actual, options) =>
  baseExpect.poll(actual, {
    intervals: [50, 100, 100, 250],
    ...(typeof options === "string" ? { message: options } : options),
  });

/** Playwright's `expect`, whose `poll` reads at least every 250 ms: the default interval grows to one second. */
export const expect: typeof baseExpect = new Proxy(baseExpect, {
  get: (target, key) => (key === "poll" ? poll : Reflect.get(target, key)),
});

/** The tag of a test on this engine: tests on the software GPU run one at a time. */
export const on = (engine: "cpu" | "webgl") => ({ tag: engine === "webgl" ? ["@webgl"] : [] });

/** The tag of a test that measures time, frames or memory: it runs alone. */
export const timed = { tag: "@timed" };

interface Fixtures {
  /** Console errors that a test causes on purpose. */
  readonly expectedErrors: RegExp;
  /** Gives a test a browser context of its own: for touch, a service worker, an address of a file and an empty cache. */
  readonly ownContext: boolean;
  /** Gives a test a page of its own in the shared context: for scripts that run before the page, session history and several tabs. */
  readonly ownPage: boolean;
  /** Opens a page that stays open for the next tests of the worker, with the default recipe at step 0. Saves the page load of a test that begins with a recipe. */
  readonly openPage: (engine: "cpu" | "webgl") => Promise<Page>;
}

interface WorkerFixtures {
  /** The page of all tests of the worker without a context of their own: its context keeps the compiled scripts of the page. */
  readonly shared: () => Promise<Page>;
  /** The open pages by engine. */
  readonly openPages: Map<string, Page>;
}

/** Collects errors in the console and requests to another host; the returned function expects none, and no text such as NaN. */
function watch(page: Page, baseURL: string | undefined, expectedErrors: RegExp): () => Promise<void> {
  const faults: string[] = [];
  const onError = (error: Error) => faults.push(`uncaught: ${error.message}`);
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === "error" && !expectedErrors.test(message.text())) faults.push(message.text());
  };
  const onRequest = (request: Request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(baseURL ?? "")) faults.push(request.url());
  };
  page.on("pageerror", onError).on("console", onConsole);
  page.context().on("request", onRequest);
  return async () => {
    page.off("pageerror", onError).off("console", onConsole);
    page.context().off("request", onRequest);
    if (!page.isClosed()) expect(await nonsense(page)).toEqual([]);
    expect(faults).toEqual([]);
  };
}

/** A page that fails its test on an error in the console, a request to another host, or a text such as NaN on the page. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  expectedErrors: [/^$/, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  baseURL: ({}, use) => use(process.env.ALPHASCOPE_URL),
  ownContext: [false, { option: true }],
  ownPage: [false, { option: true }],
  shared: [
    async ({ browser }, use) => {
      let page: Page | null = null;
      await use(async () => {
        if (page === null || page.isClosed()) {
          await page?.context().close();
          // Without an address of its own, the context would take that of its first test for all tests.
          const baseURL = process.env.ALPHASCOPE_URL;
          const context = await browser.newContext({ serviceWorkers: "block", ...(baseURL && { baseURL }) });
          page = await context.newPage();
          page.addInitScript = () => Promise.reject(new Error("Scripts stay in a page: set ownPage for this test."));
        }
        return page;
      });
      await (page as Page | null)?.context().close();
    },
    { scope: "worker" },
  ],
  context: async ({ browser, shared, ownContext }, use) => {
    const context = ownContext ? await browser.newContext() : (await shared()).context();
    await use(context);
    if (ownContext) await context.close();
  },
  page: async ({ context, shared, ownContext, ownPage, viewport, baseURL, expectedErrors }, use) => {
    const page = ownContext || ownPage ? await context.newPage() : await shared();
    if (!ownContext && viewport) await page.setViewportSize(viewport);
    const expectNoFaults = watch(page, baseURL, expectedErrors);
    await use(page);
    // A route that still answers would reject after the test, which ends the tests of its worker.
    if (!page.isClosed()) await page.unrouteAll({ behavior: "ignoreErrors" });
    await expectNoFaults();
    if (!ownContext) await clear(await shared());
  },
  openPages: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const pages = new Map<string, Page>();
      await use(pages);
      for (const page of pages.values()) await page.context().close();
    },
    { scope: "worker" },
  ],
  openPage: async ({ browser, baseURL, viewport, expectedErrors, openPages }, use) => {
    const checks: (() => Promise<void>)[] = [];
    await use(async (engine) => {
      let page = openPages.get(engine);
      if (!page) {
        const context = await browser.newContext({ ...(baseURL && { baseURL }), viewport, serviceWorkers: "block" });
        page = await context.newPage();
        openPages.set(engine, page);
      }
      checks.push(watch(page, baseURL, expectedErrors));
      if (page.url() === "about:blank") await open(page, `?engine=${engine}&paused`);
      await load(page, {});
      return page;
    });
    for (const check of checks) await check();
  },
});

/** Removes what a test leaves in the shared page and its context, except the cache. */
async function clear(page: Page): Promise<void> {
  const context = page.context();
  const address = process.env.ALPHASCOPE_URL ?? "";
  for (const other of context.pages()) if (other !== page) await other.close();
  page.removeAllListeners();
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.setOffline(false);
  await context.clearPermissions();
  await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null });
  // The page stores its run when it is left. A file of the same origin gives access to the storage of the tab.
  await page.goto(`${address}robots.txt`);
  await page.evaluate(() => sessionStorage.clear());
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", {
    origin: new URL(address).origin,
    storageTypes: "cookies,local_storage,indexeddb,cache_storage,service_workers",
  });
  await session.detach();
}

/** Texts and attributes on the page with NaN, undefined, Infinity or [object. */
export function nonsense(page: Pick<Page, "evaluate">): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const nodes = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const node = nodes.currentNode;
      if (node instanceof Element) {
        for (const { name, value } of node.attributes) if (/\bNaN\b/.test(value)) wrong.push(`${name}="${value}"`);
        if (node instanceof HTMLInputElement && /NaN|undefined/.test(node.value)) wrong.push(node.value);
      } else if (!node.parentElement?.closest("script, style")) {
        const text = node.textContent ?? "";
        if (/\b(NaN|undefined|Infinity)\b|\[object /.test(text)) wrong.push(text);
      }
    }
    return wrong;
  });
}

/** Opens the page and waits until its engine is ready. */
export async function open(page: Page, address = "?engine=cpu&paused"): Promise<void> {
  await page.goto(`./${address}`);
  await page.evaluate(() => window.alphascope.ready);
}

export const trace = (page: Page) => page.evaluate(() => window.alphascope.trace());
export const status = (page: Page) => page.evaluate(() => window.alphascope.status());
export const recipe = (page: Page) => page.evaluate(() => window.alphascope.recipe());
export const advance = (page: Page, steps: number) => page.evaluate((n) => window.alphascope.advance(n), steps);
export const load = (page: Page, run: unknown) => page.evaluate((value) => window.alphascope.load(value as never), run);
export const set = (page: Page, settings: unknown) =>
  page.evaluate((value) => window.alphascope.set(value as never), settings);

/**
 * Diverges at step 20 for every seed: of 64 units on two rows some never fire, their weights' m and v stay 0, and without ε
 * their d is 0/0 from that step.
 */
export const divergesAt20 = { rows: 2, hidden: [64], edits: [{ step: 20, eps: 0 }] };

/** The message of a rejected call on the page; fails the test when the call resolves. */
export async function rejection(call: Promise<unknown>): Promise<string> {
  const message = await call.then(
    () => null,
    (error: Error) => error.message,
  );
  expect(message, "the call resolved").not.toBeNull();
  return message ?? "";
}
