import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { History } from "../../../../src/core/history/history";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Inspection } from "../../../../src/engine/inspect/inspector";
import { createInspection } from "../../../../src/session/observe/inspection";
import type { RunState } from "../../../../src/session/state";
import { createPageView } from "../../../../src/session/view/pageView";
import { newSession, until } from "../../support/fakes";

const small = { rows: 100, inputs: 4, hidden: [3] };

describe("createInspection in a session", () => {
  it("createInspection inspects the latest step, the step at the cursor, and the latest step again", async () => {
    const { session } = newSession();
    await session.load(small);
    await session.advance(40);
    session.inspection.getState().use("slice");
    const stop = session.inspection.getState().use("inspection");
    for (const [cursor, step] of [
      [null, 40],
      [7, 7],
      [null, 40],
    ] as const) {
      session.view.getState().setCursor(cursor);
      await until(
        session.inspection,
        ({ inspection, slice }) => inspection?.step === step && slice?.step === step && slice.fullRows === 100,
      );
      const { inspection, slice } = session.inspection.getState();
      expect(inspection?.direction).toEqual(session.history().direction(step));
      const zero = slice?.alphas.indexOf(0) ?? -1;
      expect(slice?.batch[zero]).toBeCloseTo(session.history().value("loss", step), 12);
      const s = slice?.alphas.indexOf(slice.stepTaken) ?? -1;
      expect(slice?.batch[s]).toBeCloseTo(session.history().value("lossAfter", step), 12);
    }
    stop();
  });

  it("createInspection marks the selected step while the view has marks, together with the slice, and asks for none otherwise", async () => {
    const { session, observers } = newSession();
    await session.load(small);
    await session.advance(12);
    const stop = session.inspection.getState().use("slice");
    await until(session.inspection, ({ slice }) => slice?.step === 12 && slice.fullRows === 100);
    expect(session.inspection.getState().marks).toBeNull();
    let asked = 0;
    observers[0]!.beforeAnswer = (method) => void (method === "mark" && asked++);
    session.view.getState().setStepMarks(["breakEven"]);
    await until(session.inspection, ({ marks }) => marks?.step === 12);
    session.view.getState().setStepMarks(["breakEven", "pal"]);
    session.view.getState().setCursor(5);
    await until(session.inspection, ({ marks }) => marks?.step === 5);
    expect(session.inspection.getState().slice?.step).toBe(5);
    expect(asked).toBe(2);
    session.view.getState().setStepMarks([]);
    expect(session.inspection.getState().marks).toBeNull();
    session.view.getState().setCursor(7);
    await until(session.inspection, ({ slice }) => slice?.step === 7);
    expect(asked).toBe(2);
    stop();
    // The ruler alone asks for the marks, and for no other part.
    const stopRuler = session.inspection.getState().use("marks");
    expect(session.inspection.getState().step).toBeNull();
    session.view.getState().setStepMarks(["armijo"]);
    await until(session.inspection, ({ marks }) => marks?.step === 7);
    session.view.getState().setStepMarks([]);
    expect(session.inspection.getState()).toMatchObject({ step: null, marks: null });
    stopRuler();
  });

  it("createInspection inspects the new branch after the run has gone back", async () => {
    const { session } = newSession();
    await session.load(small);
    await session.advance(30);
    const stop = session.inspection.getState().use("inspection");
    await until(session.inspection, ({ inspection }) => inspection?.step === 30);
    await session.seek(10);
    await session.set({ lr: 0.1 });
    await session.advance(20);
    await until(session.inspection, ({ inspection }) => inspection?.step === 30 && inspection.settings.lr === 0.1);
    expect(session.inspection.getState().inspection?.direction).toEqual(session.history().direction(30));
    await session.reset();
    expect(session.inspection.getState().inspection).toBeNull();
    stop();
  });

  it("createInspection inspects with a new observer after the first observer has died", async () => {
    const { session, observers } = newSession();
    await session.load(small);
    await session.advance(5);
    const stop = session.inspection.getState().use("inspection");
    await until(session.inspection, ({ inspection }) => inspection?.step === 5);
    observers[0]?.die();
    await session.advance(3);
    await until(session.inspection, ({ inspection }) => inspection?.step === 8);
    expect(session.inspection.getState().inspection?.direction).toEqual(session.history().direction(8));
    stop();
  });

  it("Session.inspect inspects any step of the run, and rejects a step that has not been taken", async () => {
    const { session } = newSession();
    await session.load(small);
    await session.advance(6);
    expect((await session.inspect(4)).direction).toEqual(session.history().direction(4));
    await expect(session.inspect(7)).rejects.toThrow("allowed: whole numbers from 1 to 6");
  });
});

describe("createInspection requests", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function fixture() {
    const history = {} as History;
    const asked: number[] = [];
    let answer: (inspection: Inspection) => void = () => {};
    const store = createStore(() => ({ step: 0, phase: "paused", recipe: defaultRecipe }) as RunState);
    const view = createPageView(store);
    const inspection = createInspection({
      store,
      view,
      history: () => history,
      readyStep: () => store.getState().step - 3,
      inspect: (step) => {
        asked.push(step);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      slice: () => Promise.reject(new Error("No one asked for a slice.")),
      mark: () => Promise.reject(new Error("No one asked for marks.")),
    });
    const answered = async (ms = 0) => {
      await vi.advanceTimersByTimeAsync(ms);
      answer({ step: asked.at(-1) } as Inspection);
      await vi.advanceTimersByTimeAsync(0);
    };
    return { store, view, inspection, asked, answered };
  }

  it("createInspection requests nothing while no panel uses it", async () => {
    const { store, inspection, asked, answered } = fixture();
    store.setState({ step: 5 });
    expect(asked).toEqual([]);
    const stop = inspection.getState().use("inspection");
    expect(asked).toEqual([5]);
    await answered();
    stop();
    store.setState({ step: 6 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([5]);
  });

  it("createInspection has one request in progress, and then requests only the newest step", async () => {
    const { store, inspection, asked, answered } = fixture();
    inspection.getState().use("inspection");
    for (const step of [1, 2, 3, 4]) store.setState({ step });
    expect(asked).toEqual([1]);
    await answered();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([1, 4]);
  });

  it("createInspection makes at most about twelve requests a second during play, for steps that need no replay, and inspects the last step after a pause", async () => {
    const { store, inspection, asked, answered } = fixture();
    inspection.getState().use("inspection");
    store.setState({ phase: "playing" });
    for (let step = 1; step <= 200; step++) {
      store.setState({ step: 10 * step });
      await answered(5);
    }
    expect(asked.length).toBeGreaterThanOrEqual(9);
    expect(asked.length).toBeLessThanOrEqual(14);
    expect(asked.every((step) => step % 10 === 7)).toBe(true);
    store.setState({ phase: "paused" });
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toBe(2000);
  });

  it("createInspection takes about a third of the time when inspections are slow", async () => {
    const { store, inspection, asked, answered } = fixture();
    inspection.getState().use("inspection");
    store.setState({ step: 1 });
    await answered(1000);
    store.setState({ step: 2 });
    await vi.advanceTimersByTimeAsync(1990);
    expect(asked).toEqual([1]);
    await vi.advanceTimersByTimeAsync(20);
    expect(asked).toEqual([1, 2]);
  });
});

describe("createInspection beside calls that train a few steps each", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A paused run of chunks of this many steps, and the questions asked. */
  function fixture(chunk: number) {
    const asked: { readonly step: number; readonly quick: boolean | undefined; readonly at: number }[] = [];
    const initial = { step: 0, measuredSteps: 0, phase: "paused", recipe: defaultRecipe } as RunState;
    const store = createStore<RunState>(() => initial);
    const began = performance.now();
    const history = {} as History;
    const inspection = createInspection({
      store,
      view: createPageView(store),
      history: () => history,
      readyStep: () => store.getState().step - chunk + 1,
      inspect: async (step, { quick }) => {
        asked.push({ step, quick, at: performance.now() - began });
        return { step } as Inspection;
      },
      slice: () => Promise.reject(new Error("No one asked for a slice.")),
      mark: () => Promise.reject(new Error("No one asked for marks.")),
    });
    inspection.getState().use("inspection");
    const advance = async (ms: number) => {
      const step = store.getState().step + chunk;
      store.setState({ step, measuredSteps: step });
      await vi.advanceTimersByTimeAsync(ms);
    };
    return { asked, advance };
  }

  it("createInspection asks nothing that needs a replay until the run is at rest, or has trained for a second", async () => {
    const { asked, advance } = fixture(8);
    for (let call = 1; call <= 10; call++) await advance(50);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toMatchObject([{ step: 80, quick: false }]);
    for (let call = 1; call <= 60; call++) await advance(50);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toMatchObject({ step: 560, quick: false });
  });

  it("createInspection asks about a single step at once, and exactly when the run is at rest", async () => {
    const { asked, advance } = fixture(1);
    await advance(50);
    expect(asked).toMatchObject([{ step: 1, quick: true }]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toMatchObject([{ quick: true }, { step: 1, quick: false }]);
  });
});
