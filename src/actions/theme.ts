import type { StoreApi } from "zustand/vanilla";
import { type PageView, type Theme, themes } from "../session/pageView";

const storageKey = "alphascope-theme";

/** The theme after this one, round and round. */
export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
}

/** Where a choice is kept for the next visit. A browser may refuse even to look: then it is `system` every time. */
export type Storage = () => Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

export function rememberedTheme(storage: Storage): Theme {
  try {
    const kept = storage().getItem(storageKey);
    return themes.find((theme) => theme === kept) ?? "system";
  } catch {
    return "system";
  }
}

function remember(storage: Storage, theme: Theme): void {
  try {
    if (theme === "system") storage().removeItem(storageKey);
    else storage().setItem(storageKey, theme);
  } catch {
    // Not kept: it holds until the page is closed.
  }
}

/**
 * Shows the theme that the address asks for, else the one chosen last time; from then on follows the view, and remembers
 * what is chosen there.
 */
export function followTheme(
  view: StoreApi<PageView>,
  asked: Theme | null,
  { dataset }: Pick<HTMLElement, "dataset">,
  storage: Storage = () => localStorage,
): void {
  function show(theme: Theme): void {
    if (theme === "system") delete dataset.theme;
    else dataset.theme = theme;
  }
  const first = asked ?? rememberedTheme(storage);
  view.getState().setTheme(first);
  show(first);
  view.subscribe(({ theme }, before) => {
    if (theme === before.theme) return;
    show(theme);
    remember(storage, theme);
  });
}
