import { useEffect } from "react";
import { focusHandlesKey } from "../../actions/focus";
import type { SendEvent } from "./embed";

/** Keys that slide decks use. */
const deckKeys = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "PageUp",
  "PageDown",
  "Home",
  "End",
  " ",
  "Escape",
] as const;

/**
 * Leaves the keys to the slide deck around an embedded page. A control that was clicked or dragged returns the focus to the
 * deck on release. A control that was reached by Tab keeps the focus and handles its own keys; the other deck keys are sent to
 * the deck as events, because a deck receives no key presses from inside a frame.
 */
export function useDeckKeys(sendEvent: SendEvent): void {
  useEffect(() => {
    function returnFocus(): void {
      if (parent === window) return;
      if (document.activeElement instanceof HTMLElement || document.activeElement instanceof SVGElement) {
        document.activeElement.blur();
      }
      parent.focus();
    }
    // An open list needs the focus until an option is chosen.
    const isList = ({ target }: Event) => target instanceof Element && target.closest("select") !== null;
    // After the click event, which a button without the focus would not get.
    const onPointerUp = (event: Event) => !isList(event) && setTimeout(returnFocus);
    const onChange = (event: Event) => isList(event) && returnFocus();
    function onKeyDown(event: KeyboardEvent): void {
      const { key, keyCode, shiftKey, altKey, ctrlKey, metaKey } = event;
      if (event.defaultPrevented || altKey || ctrlKey || metaKey) return;
      if (deckKeys.some((one) => one === key) && !focusHandlesKey(event.target, key))
        sendEvent({ event: "key", key, keyCode, shiftKey });
    }
    const removal = new AbortController();
    const { signal } = removal;
    document.addEventListener("pointerup", onPointerUp, { signal });
    document.addEventListener("pointercancel", onPointerUp, { signal });
    document.addEventListener("change", onChange, { signal });
    document.addEventListener("keydown", onKeyDown, { signal });
    return () => removal.abort();
  }, [sendEvent]);
}
