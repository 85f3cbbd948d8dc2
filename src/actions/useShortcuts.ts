import { useEffect } from "react";
import type { Page } from "./actions";
import { actionFor } from "./keys";

/** Buttons that are done when they are clicked: not those that open something, or explain. */
const clicked = "button:not([aria-expanded], [popovertarget], .hint, dialog *, [popover] *)";
/** What a hand has let go of. */
const dragged = "input[type=range], .ruler-handle";

/** The page's keys, from the table of actions. A key held down repeats, as the arrow keys should. */
export function useShortcuts(page: Page): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const action = actionFor(event);
      if (!action || action.applies?.(page) === false) return;
      event.preventDefault();
      action.run(page, event.key);
    }
    // What a hand has clicked or dragged would take the next press of a key; what was reached by Tab is meant to.
    function letGo(target: EventTarget | null, of: string): void {
      const control = target instanceof Element ? target.closest<HTMLElement | SVGElement>(of) : null;
      if (control && control === document.activeElement) control.blur();
    }
    function onClick({ detail, target }: MouseEvent): void {
      if (detail > 0) letGo(target, clicked);
    }
    // After those who listen on the control itself.
    const onPointerUp = ({ target }: PointerEvent) => setTimeout(() => letGo(target, dragged));
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("click", onClick);
    document.addEventListener("pointerup", onPointerUp);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("click", onClick);
      document.removeEventListener("pointerup", onPointerUp);
    };
  }, [page]);
}
