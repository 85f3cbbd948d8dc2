import { test as base, expect as baseExpect, type Page } from "@playwright/test";

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

/** Console errors that a test causes on purpose. */
interface Options {
  readonly expectedErrors: RegExp;
}

/**
 * A page that fails its test on an error in the console, a request to another host, or a text such as NaN on the page.
 */
export const test = base.extend<Options>({
  expectedErrors: [/^$/, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  baseURL: ({}, use) => use(process.env.ALPHASCOPE_URL),
  page: async ({ page, baseURL, expectedErrors }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !expectedErrors.test(message.text())) faults.push(message.text());
    });
    page.context().on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(baseURL ?? "")) faults.push(request.url());
    });
    await use(page);
    if (!page.isClosed()) expect(await nonsense(page)).toEqual([]);
    expect(faults).toEqual([]);
  },
});

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
