import { useEffect } from "react";
import { focusHandlesKey } from "../../actions/focus";
import type { Tell } from "./embed";

/** Keys by which decks turn their pages. */
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
 * Leaves the keys to the deck around an embedded page. A control that was clicked or dragged gives the focus back as soon as
 * it is let go; one that was reached by Tab keeps it, and the keys it has a use for. A key of decks that it has none for is
 * told to the deck, which cannot hear it: a frame's keys stay inside it.
 */
export function useDeckKeys(tell: Tell): void {
  useEffect(() => {
    function giveBack(): void {
      if (parent === window) return;
      if (document.activeElement instanceof HTMLElement || document.activeElement instanceof SVGElement) {
        document.activeElement.blur();
      }
      parent.focus();
    }
    // An open list needs the focus until something is chosen.
    const isList = ({ target }: Event) => target instanceof Element && target.closest("select") !== null;
    // The click comes after, and would find no button once the focus has gone.
    const onPointerUp = (event: Event) => !isList(event) && setTimeout(giveBack);
    const onChange = (event: Event) => isList(event) && giveBack();
    function onKeyDown(event: KeyboardEvent): void {
      const { key, keyCode, shiftKey, altKey, ctrlKey, metaKey } = event;
      if (event.defaultPrevented || altKey || ctrlKey || metaKey) return;
      if (deckKeys.some((one) => one === key) && !focusHandlesKey(event.target, key))
        tell({ event: "key", key, keyCode, shiftKey });
    }
    const removal = new AbortController();
    const { signal } = removal;
    document.addEventListener("pointerup", onPointerUp, { signal });
    document.addEventListener("pointercancel", onPointerUp, { signal });
    document.addEventListener("change", onChange, { signal });
    document.addEventListener("keydown", onKeyDown, { signal });
    return () => removal.abort();
  }, [tell]);
}
