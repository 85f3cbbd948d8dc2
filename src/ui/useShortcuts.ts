import { useEffect } from "react";
import { actionFor, type Page } from "./actions";

/** The page's keys, from the table of actions. A key held down repeats, as the arrow keys should. */
export function useShortcuts(page: Page): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const action = actionFor(event);
      if (!action) return;
      event.preventDefault();
      action.run(page, event.key);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [page]);
}
