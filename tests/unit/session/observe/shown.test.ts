import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { History } from "../../../../src/core/history/history";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { InspectionState } from "../../../../src/session/observe/inspection";
import { createShown } from "../../../../src/session/observe/shown";
import type { RunState } from "../../../../src/session/state";
import { createPageView } from "../../../../src/session/view/pageView";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fixture(speed: number) {
  const store = createStore(() => ({ phase: "playing", step: 0, speed, recipe: defaultRecipe }) as RunState);
  const inspection = createStore<InspectionState>(() => ({
    ...{ step: null, inspection: null, slice: null, marks: null },
    use: () => () => {},
  }));
  const view = createPageView(store);
  const history = () => ({ length: store.getState().step }) as History;
  const shown = createShown({ store, view, inspection, history });
  const steps: number[] = [];
  shown.subscribe(({ step }) => void steps.push(step));
  return { store, inspection, shown, steps };
}

it("createShown shows the step of the inspection during play, and the latest step while paused or without inspections", () => {
  const { store, inspection, shown } = fixture(1);
  store.setState({ step: 9 });
  expect(shown.getState().step).toBe(9);
  inspection.setState({ step: 4 });
  expect(shown.getState().step).toBe(4);
  store.setState({ step: 12 });
  expect(shown.getState().step).toBe(4);
  store.setState({ phase: "paused" });
  expect(shown.getState().step).toBe(12);
  store.setState({ phase: "playing" });
  inspection.setState({ step: null });
  expect(shown.getState().step).toBe(12);
});

it("createShown shows a new step at most about three times a second during fast play, and the newest step last", async () => {
  const { store, inspection, steps } = fixture(60);
  for (let step = 1; step <= 100; step++) {
    store.setState({ step });
    inspection.setState({ step: Math.max(1, step - 5) });
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(steps.length).toBeGreaterThanOrEqual(5);
  expect(steps.length).toBeLessThanOrEqual(8);
  await vi.advanceTimersByTimeAsync(400);
  expect(steps.at(-1)).toBe(95);
});
