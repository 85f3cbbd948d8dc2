import { useEffect } from "react";
import { actionFor, type Page } from "./actions";

/** Buttons that are done when they are clicked: not those that open something, or explain. */
const clicked = "button:not([aria-expanded], [popovertarget], .hint, dialog *, [popover] *)";

/** The page's keys, from the table of actions. A key held down repeats, as the arrow keys should. */
export function useShortcuts(page: Page): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const action = actionFor(event);
      if (!action || action.applies?.(page) === false) return;
      event.preventDefault();
      action.run(page, event.key);
    }
    // A button that was clicked would take the next press of the space bar; one reached by Tab is meant to.
    function onClick({ detail, target }: MouseEvent): void {
      const button = target instanceof Element ? target.closest<HTMLElement>(clicked) : null;
      if (detail > 0 && button && button === document.activeElement) button.blur();
    }
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("click", onClick);
    };
  }, [page]);
}
