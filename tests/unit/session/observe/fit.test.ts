import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Predictions } from "../../../../src/engine/inspect/predictor";
import { createFit } from "../../../../src/session/observe/fit";
import type { RunState } from "../../../../src/session/state";
import { createPageView } from "../../../../src/session/view/pageView";
import { newSession, until } from "../../support/fakes";
import { history as historyWith } from "../../support/history";

const curve = { dataset: "curve", hidden: [6], activation: "tanh", rows: 64, lr: 0.01 };

describe("createFit", () => {
  it("createFit gives the network at 0, the step taken, α* and α* of the next minibatch, and at the trial α", async () => {
    const { session } = newSession();
    await session.load(curve);
    await session.advance(12);
    const stop = session.fit.getState().use();
    await until(session.fit, ({ fit }) => fit?.step === 12);
    const history = session.history();
    const { points, alphas, batchRows, batch } = session.fit.getState().fit!;
    const expected = [
      ["start", 0],
      ["taken", history.value("stepTaken", 12)],
      ["best", history.value("alphaStar", 12)],
      ["next", history.value("nextAlphaStar", 12)],
    ].filter(([point]) => {
      if (point === "best") return history.verdict(12) === "minimum";
      return point !== "next" || history.nextVerdict(12) === "minimum";
    });
    expect(points.map((point, k) => [point, alphas[k]])).toEqual(expected);
    expect([batchRows, batch.rows]).toEqual([32, 32]);
    session.view.getState().setTrialAlpha(0.25);
    await until(session.fit, ({ fit }) => fit?.points.at(-1) === "trial" && fit.alphas.at(-1) === 0.25);
    session.view.getState().setTrialAlpha(null);
    await until(session.fit, ({ fit }) => fit?.points.includes("trial") === false);
    session.view.getState().setCursor(3);
    await until(session.fit, ({ fit }) => fit?.step === 3);
    stop();
    expect(session.fit.getState().used).toBe(false);
  });

  it("createFit has no fit where training has diverged, and none of a run before", async () => {
    const { session } = newSession();
    await session.load({ ...curve, lr: 100, activation: "relu", optimiser: "sgd" });
    await session.advance(60);
    const stop = session.fit.getState().use();
    const { divergedAt, step } = session.store.getState();
    expect(divergedAt).not.toBeNull();
    session.view.getState().setCursor(1);
    await until(session.fit, ({ fit }) => fit?.step === 1);
    session.view.getState().setCursor(step);
    await until(session.fit, ({ fit }) => fit === null);
    session.view.getState().setCursor(1);
    await until(session.fit, ({ fit }) => fit?.step === 1);
    await session.load(curve);
    expect(session.fit.getState().fit).toBeNull();
    stop();
  });
});

describe("createFit requests", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function fixture() {
    const asked: (number | undefined)[] = [];
    let answer = () => {};
    const store = createStore(() => ({ step: 0, phase: "paused", recipe: defaultRecipe }) as RunState);
    const history = historyWith(9, { stepTaken: () => 0.1, alphaStar: () => 0.2 });
    const view = createPageView(store);
    const fit = createFit({
      store,
      view,
      history: () => history,
      readyStep: () => store.getState().step,
      predict: (step, alphas) => {
        asked.push(view.getState().trialAlpha === null ? undefined : alphas.at(-1));
        return new Promise((resolve) => {
          answer = () => resolve({ step, alphas, ms: 2 } as Predictions);
        });
      },
    });
    const answered = async (ms = 0) => {
      await vi.advanceTimersByTimeAsync(ms);
      answer();
      await vi.advanceTimersByTimeAsync(0);
    };
    return { store, view, fit, asked, answered };
  }

  it("createFit asks nothing while no panel uses it", async () => {
    const { store, view, fit, asked, answered } = fixture();
    store.setState({ step: 5 });
    expect([asked, fit.getState().used]).toEqual([[], false]);
    const stop = fit.getState().use();
    expect([asked, fit.getState().used]).toEqual([[undefined], true]);
    await answered();
    stop();
    store.setState({ step: 6 });
    view.getState().setTrialAlpha(0.5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
  });

  it("createFit has one question in progress while the trial α moves, and then asks about the last α only", async () => {
    const { store, view, fit, asked, answered } = fixture();
    store.setState({ step: 5 });
    fit.getState().use();
    await answered();
    for (const alpha of [0.1, 0.2, 0.3, 0.4]) view.getState().setTrialAlpha(alpha);
    await vi.advanceTimersByTimeAsync(1000);
    view.getState().setTrialAlpha(0.9);
    view.getState().setTrialAlpha(0.8);
    await answered(1000);
    await answered(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([undefined, 0.4, 0.8]);
    expect(fit.getState().fit).toMatchObject({ step: 5, points: expect.arrayContaining(["start", "taken", "trial"]) });
  });
});
