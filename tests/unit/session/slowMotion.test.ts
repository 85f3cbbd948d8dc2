import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { createSlowMotion, slowPhases } from "../../../src/session/slowMotion";
import type { RunState } from "../../../src/session/state";
import type { PageView } from "../../../src/session/view/pageView";

/** Time of a phase while slow motion runs, in ms. */
const phaseMs = 2500;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Slow motion of a run that takes steps at once, or fails with an error. */
function slowly(failure?: Error) {
  const store = createStore(() => ({ step: 10, phase: "playing" }) as RunState);
  const setCursor = vi.fn();
  const notify = vi.fn();
  const session = {
    store,
    view: createStore(() => ({ setCursor }) as unknown as PageView),
    pause: () => store.setState({ phase: "paused" }),
    advance: async (steps: number) => {
      if (failure) throw failure;
      store.setState(({ step }) => ({ step: step + steps }));
    },
    notify,
  };
  const slow = createSlowMotion(session);
  return { slow, store, setCursor, notify, state: () => slow.getState() };
}

it("createSlowMotion takes one step and shows its phases in turn, up to the last phase", async () => {
  const { state, store, setCursor } = slowly();
  await state().start(true);
  expect(store.getState()).toMatchObject({ step: 11, phase: "paused" });
  expect(setCursor).toHaveBeenCalledWith(null);
  for (const phase of slowPhases) {
    expect(state()).toMatchObject({ phase, step: 11, running: phase !== "step" });
    vi.advanceTimersByTime(phaseMs);
  }
  vi.advanceTimersByTime(10 * phaseMs);
  expect(state()).toMatchObject({ phase: "step", step: 11, running: false });
});

it("SlowMotion.next shows the next phase and pauses, and takes the next step after the last phase", async () => {
  const { state } = slowly();
  await state().start(true);
  state().next();
  vi.advanceTimersByTime(10 * phaseMs);
  expect(state()).toMatchObject({ phase: "gradient", running: false });
  for (let i = 0; i < 5; i++) state().next();
  expect(state().phase).toBe("step");
  state().next();
  await vi.advanceTimersByTimeAsync(0);
  expect(state()).toMatchObject({ phase: "batch", step: 12, running: false });
});

it("SlowMotion pauses and resumes", async () => {
  const { state } = slowly();
  await state().start(true);
  state().pause();
  vi.advanceTimersByTime(3 * phaseMs);
  expect(state()).toMatchObject({ phase: "batch", running: false });
  state().resume();
  expect(state()).toMatchObject({ phase: "batch", running: true });
  vi.advanceTimersByTime(phaseMs);
  expect(state().phase).toBe("gradient");
});

it("SlowMotion.start has at most one request for a step in progress", async () => {
  const { state, store } = slowly();
  await Promise.all([state().start(true), state().start(true)]);
  expect(store.getState().step).toBe(11);
});

it.each([{ phase: "playing" as const }, { step: 10 }, { step: 12 }, { step: 0 }])(
  "createSlowMotion ends when the run changes to %j",
  async (change) => {
    const { state, store } = slowly();
    await state().start(true);
    store.setState(change);
    expect(state()).toMatchObject({ phase: null, running: false });
    vi.advanceTimersByTime(10 * phaseMs);
    expect(state().phase).toBeNull();
  },
);

it("createSlowMotion continues when only the settings change", async () => {
  const { state, store } = slowly();
  await state().start(true);
  store.setState({ historyVersion: 99 });
  expect(state().phase).toBe("batch");
});

it("SlowMotion.leave ends slow motion, and start reports why no step can be taken", async () => {
  const { state } = slowly();
  await state().start(true);
  state().leave();
  vi.advanceTimersByTime(10 * phaseMs);
  expect(state().phase).toBeNull();

  const failing = slowly(new Error("The history is full."));
  await failing.state().start(true);
  expect(failing.state().phase).toBeNull();
  expect(failing.notify).toHaveBeenCalledWith("error", "The history is full.");
});
