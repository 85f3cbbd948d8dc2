import type { StoreApi } from "zustand/vanilla";
import { type PageView, type Theme, themes } from "../session/view/pageView";

const storageKey = "alphascope-theme";

/** The theme after this one; after the last theme, the first. */
export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
}

/** The storage of the choice for the next visit. Throws where the browser allows no storage: the theme is then `system` at each visit. */
export type Storage = () => Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

function storedTheme(storage: Storage): Theme {
  try {
    const stored = storage().getItem(storageKey);
    return themes.find((theme) => theme === stored) ?? "system";
  } catch {
    return "system";
  }
}

function store(storage: Storage, theme: Theme): void {
  try {
    if (theme === "system") storage().removeItem(storageKey);
    else storage().setItem(storageKey, theme);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

/**
 * Applies the theme of the address, or the stored theme where the address has none; then applies and stores each theme that
 * the user chooses.
 */
export function followTheme(
  view: StoreApi<PageView>,
  fromAddress: Theme | null,
  { dataset }: Pick<HTMLElement, "dataset">,
  storage: Storage = () => localStorage,
): void {
  function apply(theme: Theme): void {
    if (theme === "system") delete dataset.theme;
    else dataset.theme = theme;
  }
  const first = fromAddress ?? storedTheme(storage);
  view.getState().setTheme(first);
  apply(first);
  view.subscribe(({ theme }, before) => {
    if (theme === before.theme) return;
    apply(theme);
    store(storage, theme);
  });
}
