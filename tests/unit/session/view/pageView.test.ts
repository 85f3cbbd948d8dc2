import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { RunState } from "../../../../src/session/state";
import { createPageView } from "../../../../src/session/view/pageView";

function viewOf(step: number) {
  const run = createStore(() => ({ step, recipe: defaultRecipe }) as RunState);
  return { run, view: createPageView(run) };
}

it("createPageView keeps cursor and zoom while the run continues, and ends them when the run becomes shorter", () => {
  const { run, view } = viewOf(500);
  view.getState().setCursor(400);
  view.getState().setZoom({ from: 300, to: 450 });
  run.setState({ step: 900 });
  expect(view.getState()).toMatchObject({ cursor: 400, zoom: { from: 300, to: 450 } });
  run.setState({ step: 399 });
  expect(view.getState()).toMatchObject({ cursor: null, zoom: { from: 300, to: 450 } });
  run.setState({ step: 0 });
  expect(view.getState().zoom).toBeNull();
});

it("PageView.setSpan ends the zoom", () => {
  const { view } = viewOf(500);
  view.getState().setZoom({ from: 10, to: 20 });
  view.getState().setSpan(100);
  expect(view.getState()).toMatchObject({ span: 100, zoom: null });
});

it("createPageView picks the first parameter when the network has another shape", () => {
  const { run, view } = viewOf(0);
  view.getState().setPicked(7);
  run.setState({ recipe: { ...defaultRecipe, lr: 0.1 } });
  expect(view.getState().picked).toBe(7);
  run.setState({ recipe: { ...defaultRecipe, hidden: [3] } });
  expect(view.getState().picked).toBe(0);
});
