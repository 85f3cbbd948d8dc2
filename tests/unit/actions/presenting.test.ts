import { afterEach, expect, it, vi } from "vitest";
import { createStore } from "zustand";
import { actions } from "../../../src/actions/actions";
import { actionFor } from "../../../src/actions/keys";
import { present, stopPresenting } from "../../../src/actions/presenting";
import type { Page } from "../../../src/actions/types";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { Session } from "../../../src/session/session";
import type { RunState } from "../../../src/session/state";
import { createPageView, presentedCharts } from "../../../src/session/view/pageView";

const sessionOf = () =>
  ({ view: createPageView(createStore(() => ({ step: 0, recipe: defaultRecipe }) as RunState)) }) as unknown as Session;

/** A document with this `requestFullscreen`. */
function stubDocument(requestFullscreen?: () => Promise<void>) {
  const page = { fullscreenElement: null as object | null, exitFullscreen: vi.fn(() => Promise.resolve()) };
  vi.stubGlobal("document", Object.assign(page, { documentElement: { requestFullscreen } }));
  return page;
}
afterEach(() => vi.unstubAllGlobals());

it.each([
  ["there is no full screen", undefined],
  ["full screen is refused", () => Promise.reject(new TypeError("Permissions check failed"))],
])("present starts presentation mode in the window where %s", async (_, requestFullscreen) => {
  stubDocument(requestFullscreen);
  const session = sessionOf();
  present(session);
  await Promise.resolve();
  expect(session.view.getState().presenting).toBe(true);
  stopPresenting(session);
  expect(session.view.getState().presenting).toBe(false);
});

it("present exits full screen when presentation mode ended before the browser entered full screen", async () => {
  let arrive = (): void => {};
  const page = stubDocument(() => new Promise<void>((resolve) => (arrive = resolve)));
  const session = sessionOf();
  present(session);
  stopPresenting(session);
  expect(page.exitFullscreen).not.toHaveBeenCalled();
  page.fullscreenElement = {};
  arrive();
  await vi.waitFor(() => expect(page.exitFullscreen).toHaveBeenCalledOnce());
});

it("number keys select the charts in presentation mode only", () => {
  const session = sessionOf();
  const press = (key: string) => {
    const noModifiers = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
    const found = actionFor({ key, code: `Digit${key}`, target: null, ...noModifiers }, actions);
    expect(found?.action).toBe(actions.chart);
    found?.action.run({ session } as Page, found.key);
    return session.view.getState().presentedChart;
  };
  const before = session.view.getState().presentedChart;
  expect(press("6")).toBe(before);
  session.view.getState().setPresenting(true);
  expect(presentedCharts.map((_, i) => press(String(i + 1)))).toEqual(presentedCharts);
});
