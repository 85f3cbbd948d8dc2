import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { installEmbed } from "../../../src/app/embed/embed";
import type { Alphascope } from "../../../src/app/embed/scripting";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { createPageView } from "../../../src/session/pageView";
import type { Session } from "../../../src/session/session";
import type { RunState } from "../../../src/session/state";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A frame within a parent that writes down what it is told, and a run that writes down what it is asked. */
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

  const told: { message: unknown; to: string }[] = [];
  const parent = { postMessage: (message: unknown, to: string) => told.push({ message, to }) };
  const listeners: ((event: MessageEvent) => void)[] = [];
  const frame = {
    parent,
    addEventListener: (_: string, listener: (event: MessageEvent) => void) => listeners.push(listener),
  };
  if (alone) Object.assign(frame, { parent: frame, postMessage: parent.postMessage });
  const tell = installEmbed(session, api, frame);

  /** The answers to a message, from the parent unless another source is named. */
  async function send(data: unknown, source: unknown = frame.parent, origin = "https://deck.example") {
    told.length = 0;
    for (const listener of listeners) listener({ data, source, origin } as MessageEvent);
    await vi.advanceTimersByTimeAsync(0);
    return told.filter(({ message }) => Object.hasOwn(message as object, "id"));
  }
  return { send, told, asked, store, session, tell };
}

test("a call is answered by id, to the parent's own origin", async () => {
  const { send, asked } = embedded();
  expect(await send({ alphascope: 1, id: "a", call: "status" })).toEqual([
    { message: { alphascope: 1, id: "a", result: { step: 4 } }, to: "https://deck.example" },
  ]);
  expect(await send({ alphascope: 1, id: 7, call: "advance", args: [12] })).toEqual([
    { message: { alphascope: 1, id: 7, result: null }, to: "https://deck.example" },
  ]);
  expect(asked).toEqual([["advance", 12]]);
});

test("a page from a disk is answered although its origin has no name", async () => {
  const { send } = embedded();
  const [answer] = await send({ alphascope: 1, id: 1, call: "status" }, undefined, "null");
  expect(answer?.to).toBe("*");
});

test("what is not a call, or not from the parent, gets no answer and does nothing", async () => {
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

test("a fault comes back as a message that names it", async () => {
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

test("the chart can be asked for and chosen", async () => {
  const { send, session } = embedded();
  const result = async (...args: unknown[]) => {
    const [answer] = await send({ alphascope: 1, id: 1, call: "chart", args });
    return (answer?.message as { result?: unknown } | undefined)?.result;
  };
  expect(await result()).toBe("alpha");
  expect(await result("slice")).toBe("slice");
  expect(session.view.getState().presentedChart).toBe("slice");
});

test("the parent hears when the engine is up, or that it is not to be had", async () => {
  const up = embedded();
  await vi.advanceTimersByTimeAsync(0);
  expect(up.told).toEqual([{ message: { alphascope: 1, event: "ready", version: "1.2.3" }, to: "*" }]);
  const down = embedded({ ready: Promise.reject(new Error("no workers")) });
  await vi.advanceTimersByTimeAsync(0);
  expect(down.told).toEqual([{ message: { alphascope: 1, event: "failed", message: "no workers" }, to: "*" }]);
});

test("steps are told ten times a second at most, the last one always", async () => {
  const { told, store } = embedded();
  await vi.advanceTimersByTimeAsync(0);
  told.length = 0;
  for (let step = 1; step <= 60; step++) {
    store.setState({ step, epoch: step / 32 });
    await vi.advanceTimersByTimeAsync(16);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(told.length).toBeGreaterThan(5);
  expect(told.length).toBeLessThanOrEqual(10);
  expect(told.at(-1)?.message).toEqual({ alphascope: 1, event: "step", step: 60, epoch: 1.875, state: "paused" });
});

test("opened on its own it neither tells nor answers", async () => {
  const { send, told, tell } = embedded({ alone: true });
  await vi.advanceTimersByTimeAsync(0);
  tell({ event: "height", height: 400 });
  expect(await send({ alphascope: 1, id: 1, call: "status" })).toEqual([]);
  expect(told).toEqual([]);
});
