import { expect, it } from "vitest";
import { createStore } from "zustand";
import { followTheme, nextTheme } from "../../../src/actions/theme";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { RunState } from "../../../src/session/state";
import { createPageView, themes } from "../../../src/session/view/pageView";

const viewOf = () => createPageView(createStore(() => ({ step: 0, recipe: defaultRecipe }) as RunState));

/** The part of a browser's storage that the theme uses. */
function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value) as unknown as undefined,
    removeItem: (key: string) => kept.delete(key) as unknown as undefined,
  };
}

/** A visit to the page: its view and its document element. */
function visit(store: () => ReturnType<typeof storage>, asked: "light" | "dark" | null = null) {
  const [view, page] = [viewOf(), { dataset: {} as DOMStringMap }];
  followTheme(view, asked, page, store);
  return { view, page };
}

it("nextTheme returns the next theme, and the first after the last", () => {
  const round = [...themes, themes[0]];
  for (const [i, theme] of themes.entries()) expect(nextTheme(theme)).toBe(round[i + 1]);
});

it("followTheme applies and stores the chosen theme, and starts the next visit with it", () => {
  const store = storage();
  const first = visit(() => store);
  expect([first.view.getState().theme, first.page.dataset.theme]).toEqual(["system", undefined]);
  first.view.getState().setTheme("dark");
  expect(first.page.dataset.theme).toBe("dark");
  const second = visit(() => store);
  expect([second.view.getState().theme, second.page.dataset.theme]).toEqual(["dark", "dark"]);
  second.view.getState().setTheme("system");
  expect([second.page.dataset.theme, store.kept.size]).toEqual([undefined, 0]);
});

it("followTheme applies the theme of the address and does not change the stored theme", () => {
  const store = storage();
  visit(() => store)
    .view.getState()
    .setTheme("dark");
  expect(visit(() => store, "light").page.dataset.theme).toBe("light");
  expect(visit(() => store).page.dataset.theme).toBe("dark");
});

it("followTheme works where the storage throws or holds an unknown theme", () => {
  const { view, page } = visit(() => {
    throw new Error("SecurityError");
  });
  view.getState().setTheme("light");
  expect(page.dataset.theme).toBe("light");
  const store = { ...storage(), getItem: () => "purple" };
  expect(visit(() => store).view.getState().theme).toBe("system");
});
