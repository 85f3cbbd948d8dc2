import { expect, it } from "vitest";
import { createStore } from "zustand";
import { followTheme, nextTheme } from "../../../src/actions/theme";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { createPageView, themes } from "../../../src/session/pageView";
import type { RunState } from "../../../src/session/state";

const viewOf = () => createPageView(createStore(() => ({ step: 0, recipe: defaultRecipe }) as RunState));

/** A browser's storage, as far as a theme needs it. */
function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value) as unknown as undefined,
    removeItem: (key: string) => kept.delete(key) as unknown as undefined,
  };
}

/** What a visit to the page begins with, and its view. */
function visit(store: () => ReturnType<typeof storage>, asked: "light" | "dark" | null = null) {
  const [view, page] = [viewOf(), { dataset: {} as DOMStringMap }];
  followTheme(view, asked, page, store);
  return { view, page };
}

it("goes round the themes", () => {
  const round = [...themes, themes[0]];
  for (const [i, theme] of themes.entries()) expect(nextTheme(theme)).toBe(round[i + 1]);
});

it("shows the theme that is chosen, and begins with it next time", () => {
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

it("the address's theme wins, and leaves what is remembered alone", () => {
  const store = storage();
  visit(() => store)
    .view.getState()
    .setTheme("dark");
  expect(visit(() => store, "light").page.dataset.theme).toBe("light");
  expect(visit(() => store).page.dataset.theme).toBe("dark");
});

it("does without a storage that refuses, and with one that holds nonsense", () => {
  const { view, page } = visit(() => {
    throw new Error("SecurityError");
  });
  view.getState().setTheme("light");
  expect(page.dataset.theme).toBe("light");
  const store = { ...storage(), getItem: () => "purple" };
  expect(visit(() => store).view.getState().theme).toBe("system");
});
