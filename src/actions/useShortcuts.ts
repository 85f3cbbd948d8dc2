import { useEffect } from "react";
import { actionFor } from "./keys";
import { runAction } from "./runAction";
import type { Action, Page } from "./types";

/** Buttons that lose the focus after a click: not those that open something, and not the “?” of a help text. */
const clicked = "button:not([aria-expanded], [popovertarget], .hint, dialog *, [popover] *)";
/** Controls that lose the focus after a drag. */
const dragged = "input[type=range], .ruler-handle";

/** Runs an action when its key is pressed. A key that is held down repeats its action, as the arrow keys should. */
export function useShortcuts(page: Page, actions: Readonly<Record<string, Action>>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const found = actionFor(event, actions);
      if (!found || found.action.applies?.(page) === false) return;
      event.preventDefault();
      runAction(found.action, page, found.key);
    }
    // A control that was clicked or dragged would handle the next key press; one that was reached by Tab keeps the focus.
    function blurIfFocused(target: EventTarget | null, selector: string): void {
      const control = target instanceof Element ? target.closest<HTMLElement | SVGElement>(selector) : null;
      if (control && control === document.activeElement) control.blur();
    }
    function onClick({ detail, target }: MouseEvent): void {
      if (detail > 0) blurIfFocused(target, clicked);
    }
    // After the control's own listeners.
    const onPointerUp = ({ target }: PointerEvent) => setTimeout(() => blurIfFocused(target, dragged));
    const removal = new AbortController();
    const { signal } = removal;
    document.addEventListener("keydown", onKeyDown, { signal });
    document.addEventListener("click", onClick, { signal });
    document.addEventListener("pointerup", onPointerUp, { signal });
    return () => removal.abort();
  }, [page, actions]);
}
