import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import type { SendEvent } from "../../../src/app/embed/embed";
import { findings } from "../axe";
import { test as base, expect, nonsense, rejection } from "../fixtures";

type EmbedEvent = Parameters<SendEvent>[0];

declare global {
  interface Window {
    /** The keys and events that the deck received, and its calls. */
    deck: { keys: string[]; events: EmbedEvent[]; call(name: string, ...args: unknown[]): Promise<unknown> };
  }
}

/** A lecturer's slides: keys turn them, messages control the embedded page. */
const deckOf = (address: string, width: number, height: number) => `<!doctype html>
<html lang="en">
<title>Deck</title>
<body style="margin: 0">
<main><iframe src="${address}" title="Alphascope" width="${width}" height="${height}" style="border: 0"></iframe></main>
<script>
  const frame = document.querySelector("iframe");
  const waiting = new Map();
  let calls = 0;
  window.deck = {
    keys: [],
    events: [],
    call: (call, ...args) => new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      frame.contentWindow.postMessage({ alphascope: 1, id: calls, call, args }, new URL(frame.src).origin);
    }),
  };
  addEventListener("keydown", ({ key }) => deck.keys.push(key));
  addEventListener("message", ({ data, source }) => {
    if (source !== frame.contentWindow || data.alphascope !== 1) return;
    if (data.event) return deck.events.push(data);
    const { resolve, reject } = waiting.get(data.id);
    if ("error" in data) reject(new Error(data.error));
    else resolve(data.result);
  });
</script>`;

interface Fixtures {
  /** Opens a page of another origin with Alphascope in a frame of this size. */
  readonly openDeck: (query?: string, width?: number, height?: number) => Promise<void>;
}

const test = base.extend<Fixtures>({
  // Two servers of this machine, on two ports: two origins.
  baseURL: "http://127.0.0.1:",
  openDeck: async ({ page }, use) => {
    let html = "";
    const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(html));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    await use(async (query = "?embed&paused&engine=cpu", width = 640, height = 400) => {
      html = deckOf(`${process.env.ALPHASCOPE_URL}${query}`, width, height);
      await page.setViewportSize({ width, height });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await received(page, "ready");
    });
    server.closeAllConnections();
    server.close();
  },
});

const call = (page: Page, name: string, ...args: unknown[]) =>
  page.evaluate(([name, args]) => window.deck.call(name, ...args), [name, args] as const);
const events = (page: Page) => page.evaluate(() => window.deck.events);
const keys = (page: Page) => page.evaluate(() => window.deck.keys);
const frameOf = (page: Page) => page.frameLocator("iframe");

async function received(page: Page, name: EmbedEvent["event"]): Promise<void> {
  await expect.poll(async () => (await events(page)).map(({ event }) => event)).toContain(name);
}

test("an embedded page follows the messages of a deck of another origin", async ({ page, openDeck }) => {
  await openDeck();
  await call(page, "load", { hidden: [7], seed: 3 });
  expect(await call(page, "recipe")).toMatchObject({ hidden: [7], seed: 3, lr: 0.001 });
  // Calls sent together take effect in order.
  await page.evaluate(() =>
    Promise.all([
      window.deck.call("advance", 10),
      window.deck.call("set", { lr: 0.05 }),
      window.deck.call("advance", 5),
    ]),
  );
  expect(await call(page, "status")).toMatchObject({ step: 15, engine: "cpu", playing: false });
  expect(await call(page, "trace")).toMatchObject({ stepTaken: [...Array(10).fill(0.001), ...Array(5).fill(0.05)] });
  await call(page, "seek", 4);
  expect(await call(page, "status")).toMatchObject({ step: 4 });
  await call(page, "play");
  await expect.poll(async () => ((await call(page, "status")) as { step: number }).step).toBeGreaterThan(6);
  await call(page, "pause");
  await call(page, "reset");
  expect(await call(page, "status")).toMatchObject({ step: 0, playing: false });
  expect(await call(page, "chart")).toBe("alpha");
  expect(await call(page, "chart", "loss")).toBe("loss");
  await expect(frameOf(page).getByRole("region", { name: "Loss", exact: true })).toBeVisible();
  await expect.poll(async () => (await events(page)).at(-1)).toMatchObject({ event: "step", step: 0, state: "paused" });
});

test("an embedded page answers an invalid call with an error and keeps its run", async ({ page, openDeck }) => {
  await openDeck();
  await call(page, "advance", 3);
  expect(await rejection(call(page, "load", { hidden: "wide" }))).toMatch(/hidden/);
  expect(await rejection(call(page, "seek", -1))).toMatch(/whole numbers/);
  expect(await rejection(call(page, "chart", "pie"))).toMatch(/slice, alpha, loss/);
  expect(await rejection(call(page, "runFile"))).toMatch(/load, set, advance/);
  expect(await rejection(call(page, "constructor"))).toMatch(/load, set, advance/);
  expect(await call(page, "status")).toMatchObject({ step: 3 });
});

test("a page without ?embed answers no message", async ({ page, openDeck }) => {
  await openDeck();
  await page.locator("iframe").evaluate((frame: HTMLIFrameElement) => {
    frame.src = frame.src.replace("embed&", "");
  });
  await expect(frameOf(page).getByRole("complementary", { name: "Settings" })).toBeVisible();
  await frameOf(page)
    .locator("body")
    .evaluate(() => window.alphascope.ready);
  const answered = page.evaluate(() =>
    Promise.race([window.deck.call("status"), new Promise((late) => setTimeout(late, 500, "nothing"))]),
  );
  expect(await answered).toBe("nothing");
});

test("the deck receives the keys after a click or a drag in the embedded page", async ({ page, openDeck }) => {
  await openDeck();
  const frame = frameOf(page);
  const step = async () => ((await call(page, "status")) as { step: number }).step;
  await frame.getByRole("button", { name: "1 step", exact: true }).click();
  await expect.poll(step).toBe(1);
  for (const key of ["ArrowRight", "ArrowLeft", "Space", "PageDown", "Home"]) await page.keyboard.press(key);
  expect(await keys(page)).toEqual(["ArrowRight", "ArrowLeft", " ", "PageDown", "Home"]);

  const handle = frame.locator(".ruler-grip");
  const { x, y, width, height } = (await handle.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(async () => ((await call(page, "recipe")) as { edits: unknown[] }).edits)
    .toEqual([expect.objectContaining({ step: 2 })]);
  await frame.getByLabel("Chart shown").selectOption({ label: "loss" });
  await expect(frame.getByRole("region", { name: "Loss", exact: true })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  expect((await keys(page)).slice(5)).toEqual(["ArrowRight"]);
  expect([await step(), await page.evaluate(() => document.hasFocus())]).toEqual([1, true]);
});

test("an embedded control focused by Tab handles its own keys and reports other keys to the deck", async ({
  page,
  openDeck,
}) => {
  await openDeck();
  const frame = frameOf(page);
  const handle = frame.getByRole("slider", { name: /learning rate on the ruler/ });
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  await expect(handle).not.toHaveAttribute("aria-valuenow", "0.001");
  await page.keyboard.press("Space");
  await frame.getByRole("button", { name: "1 step", exact: true }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("p");
  await expect.poll(async () => ((await call(page, "status")) as { step: number }).step).toBe(1);
  const reported = (await events(page)).flatMap((event) => (event.event === "key" ? [event.key] : []));
  expect(reported).toEqual([" ", "ArrowLeft"]);
  expect(await keys(page)).toEqual([]);
});

test("an embedded page fills frames of 320 × 240 to 1280 × 720 without scrolling and reports its preferred height", async ({
  page,
  openDeck,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openDeck("?embed&paused&engine=cpu&chart=slice&colour=red", 320, 240);
  await call(page, "advance", 70);
  const frame = frameOf(page);
  await expect(frame.locator(".sentence")).toHaveText(/^(Adam stepped|d points|Negative)/);
  await expect(frame.locator(".notice")).toContainText("colour");
  await frame.getByRole("button", { name: "Dismiss" }).click();
  for (const [width, height] of [
    [320, 240],
    [640, 300],
    [640, 400],
    [960, 540],
    [1280, 720],
    [390, 600],
  ] as const) {
    const size = `${width} × ${height}`;
    await page.setViewportSize({ width, height });
    await page.locator("iframe").evaluate((iframe, sizes) => Object.assign(iframe, sizes), { width, height });
    await expect.poll(() => frame.locator("body").evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
    const chart = frame.getByRole("region", { name: "Loss along d" });
    if (width > 320) await expect(chart.locator(".recharts-surface").first(), size).toBeVisible();
    else await expect(chart, size).toBeHidden();
    const beyond = await frame.locator(".embed").evaluate((embed) => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      const inside = [...embed.querySelectorAll("footer > *, .sentence, .ruler, .chart")];
      const out = inside.flatMap((element) => {
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        const fits = left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
        return width === 0 || fits ? [] : [element.className];
      });
      return [...out, ...(scrollWidth > innerWidth || scrollHeight > innerHeight ? ["the page"] : [])];
    });
    expect(beyond, size).toEqual([]);
    await expect(frame.getByRole("slider", { name: /learning rate on the ruler/ })).toBeVisible();
    await expect(frame.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    const heights = (await events(page)).flatMap((event) => (event.event === "height" ? [event.height] : []));
    expect(heights.at(-1)).toBeGreaterThanOrEqual(Math.min(440, (width * 9) / 16));
    const inner = page.frames().find((one) => one !== page.mainFrame());
    expect(inner && (await nonsense(inner)), size).toEqual([]);
    expect(await findings(page), size).toEqual([]);
  }
});
