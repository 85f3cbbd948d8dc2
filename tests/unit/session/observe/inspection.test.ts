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
      await until(session.inspection, ({ inspection, slice }) => inspection?.step === step && slice?.step === step);
      const { inspection, slice } = session.inspection.getState();
      expect(inspection?.direction).toEqual(session.history().direction(step));
      const zero = slice?.alphas.indexOf(0) ?? -1;
      expect(slice?.batch[zero]).toBeCloseTo(session.history().value("loss", step), 12);
      const s = slice?.alphas.indexOf(slice.stepTaken) ?? -1;
      expect(slice?.batch[s]).toBeCloseTo(session.history().value("lossAfter", step), 12);
      expect(slice?.fullRows).toBe(100);
    }
    stop();
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

  it("createInspection takes about two thirds of the time when inspections are slow", async () => {
    const { store, inspection, asked, answered } = fixture();
    inspection.getState().use("inspection");
    store.setState({ step: 1 });
    await answered(1000);
    store.setState({ step: 2 });
    await vi.advanceTimersByTimeAsync(490);
    expect(asked).toEqual([1]);
    await vi.advanceTimersByTimeAsync(20);
    expect(asked).toEqual([1, 2]);
  });
});
