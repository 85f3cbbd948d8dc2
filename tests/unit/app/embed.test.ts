import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { installEmbed } from "../../../src/app/embed/embed";
import type { Alphascope } from "../../../src/app/embed/scripting";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { Session } from "../../../src/session/session";
import type { RunState } from "../../../src/session/state";
import { createPageView } from "../../../src/session/view/pageView";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A frame whose parent records messages, and a scripting interface that records calls. */
function embedded({ ready = Promise.resolve(), alone = false } = {}) {
  const store = createStore<RunState>()(
    () => ({ step: 0, epoch: 0, phase: "paused", recipe: defaultRecipe }) as RunState,
  );
  const session = { store, view: createPageView(store) } as unknown as Session;
  const asked: unknown[][] = [];
  const note = (name: string) => async (value: unknown) => {
    asked.push([name, value]);
    if (value === "bad") throw new Error(`${name}: found bad`);
  };
  const api = {
    version: "1.2.3",
    ready,
    load: note("load"),
    set: note("set"),
    advance: note("advance"),
    seek: note("seek"),
    play: () => asked.push(["play"]),
    status: () => ({ step: 4 }),
    runFile: () => asked.push(["runFile"]),
  } as unknown as Alphascope;

  const sent: { message: unknown; to: string }[] = [];
  const parent = { postMessage: (message: unknown, to: string) => sent.push({ message, to }) };
  const listeners: ((event: MessageEvent) => void)[] = [];
  const frame = {
    parent,
    addEventListener: (_: string, listener: (event: MessageEvent) => void) => listeners.push(listener),
  };
  if (alone) Object.assign(frame, { parent: frame, postMessage: parent.postMessage });
  const tell = installEmbed(session, api, frame);

  /** Sends a message, from the parent by default, and returns the answers. */
  async function send(data: unknown, source: unknown = frame.parent, origin = "https://deck.example") {
    sent.length = 0;
    for (const listener of listeners) listener({ data, source, origin } as MessageEvent);
    await vi.advanceTimersByTimeAsync(0);
    return sent.filter(({ message }) => Object.hasOwn(message as object, "id"));
  }
  return { send, sent, asked, store, session, tell };
}

test("installEmbed answers a call by its id, to the origin of the parent", async () => {
  const { send, asked } = embedded();
  expect(await send({ alphascope: 1, id: "a", call: "status" })).toEqual([
    { message: { alphascope: 1, id: "a", result: { step: 4 } }, to: "https://deck.example" },
  ]);
  expect(await send({ alphascope: 1, id: 7, call: "advance", args: [12] })).toEqual([
    { message: { alphascope: 1, id: 7, result: null }, to: "https://deck.example" },
  ]);
  expect(asked).toEqual([["advance", 12]]);
});

test("installEmbed answers a parent from a disk, whose origin is null", async () => {
  const { send } = embedded();
  const [answer] = await send({ alphascope: 1, id: 1, call: "status" }, undefined, "null");
  expect(answer?.to).toBe("*");
});

test("installEmbed ignores messages that are no calls or not from the parent", async () => {
  const { send, asked } = embedded();
  const call = { alphascope: 1, id: 1, call: "play" };
  const strangers = [null, {}, { postMessage() {} }];
  for (const source of strangers) expect(await send(call, source)).toEqual([]);
  const noise = [
    null,
    undefined,
    1,
    "play",
    [],
    {},
    { ...call, alphascope: 2 },
    { ...call, call: 3 },
    { alphascope: 1 },
  ];
  for (const data of noise) expect(await send(data)).toEqual([]);
  expect(asked).toEqual([]);
});

test("installEmbed answers a fault with a message that names it", async () => {
  const { send, asked } = embedded();
  const error = async (call: unknown, args?: unknown) => {
    const [answer] = await send({ alphascope: 1, id: 1, call, ...(args !== undefined && { args }) });
    return (answer?.message as { error?: string } | undefined)?.error;
  };
  expect(await error("load", ["bad"])).toBe("load: found bad");
  expect(await error("runFile")).toMatch(/^call: found "runFile"; allowed: load, set, .*chart$/);
  for (const inherited of ["constructor", "toString", "__proto__"])
    expect(await error(inherited)).toMatch(/^call: found/);
  expect(await error("advance", "12")).toBe('args: found "12"; allowed: a list');
  expect(await error("chart", ["pie"])).toMatch(/^chart: found "pie"; allowed: slice, alpha/);
  expect(asked).toEqual([["load", "bad"]]);
});

test("installEmbed returns and sets the chart", async () => {
  const { send, session } = embedded();
  const result = async (...args: unknown[]) => {
    const [answer] = await send({ alphascope: 1, id: 1, call: "chart", args });
    return (answer?.message as { result?: unknown } | undefined)?.result;
  };
  expect(await result()).toBe("alpha");
  expect(await result("slice")).toBe("slice");
  expect(session.view.getState().presentedChart).toBe("slice");
});

test("installEmbed sends ready when the engine runs, and failed when no engine can run", async () => {
  const up = embedded();
  await vi.advanceTimersByTimeAsync(0);
  expect(up.sent).toEqual([{ message: { alphascope: 1, event: "ready", version: "1.2.3" }, to: "*" }]);
  const down = embedded({ ready: Promise.reject(new Error("no workers")) });
  await vi.advanceTimersByTimeAsync(0);
  expect(down.sent).toEqual([{ message: { alphascope: 1, event: "failed", message: "no workers" }, to: "*" }]);
});

test("installEmbed sends at most ten step events a second, and always the last step", async () => {
  const { sent, store } = embedded();
  await vi.advanceTimersByTimeAsync(0);
  sent.length = 0;
  for (let step = 1; step <= 60; step++) {
    store.setState({ step, epoch: step / 32 });
    await vi.advanceTimersByTimeAsync(16);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(sent.length).toBeGreaterThan(5);
  expect(sent.length).toBeLessThanOrEqual(10);
  expect(sent.at(-1)?.message).toEqual({ alphascope: 1, event: "step", step: 60, epoch: 1.875, state: "paused" });
});

test("installEmbed neither sends nor answers when the page has no parent", async () => {
  const { send, sent, tell } = embedded({ alone: true });
  await vi.advanceTimersByTimeAsync(0);
  tell({ event: "height", height: 400 });
  expect(await send({ alphascope: 1, id: 1, call: "status" })).toEqual([]);
  expect(sent).toEqual([]);
});
