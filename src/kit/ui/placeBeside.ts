import type { Placement } from "@floating-ui/dom";

/** Least distance to the edges of the window, in CSS pixels. */
const edge = 8;

/** Loads the library that measures and places; called on hover, before a menu opens. null where it cannot be loaded. */
export const loadPlacing = () => import("@floating-ui/dom").catch(() => null);

/**
 * Moves `floating` (`position: fixed`) beside `anchor`, on the preferred side, or on the opposite side where the window has
 * no space for it there.
 * @param gap between the two, in CSS pixels
 */
export async function placeBeside(
  anchor: Element,
  floating: HTMLElement,
  { placement, gap }: { readonly placement: Placement; readonly gap: number },
): Promise<void> {
  const library = await loadPlacing();
  if (!library) return placeBelow(anchor, floating, gap);
  const { computePosition, flip, offset, shift } = library;
  const { x, y } = await computePosition(anchor, floating, {
    strategy: "fixed",
    placement,
    middleware: [offset(gap), flip({ padding: edge }), shift({ padding: edge, crossAxis: true })],
  });
  floating.style.left = `${x}px`;
  floating.style.top = `${y}px`;
}

/** Below the anchor and inside the window, where the library cannot be loaded. */
function placeBelow(anchor: Element, floating: HTMLElement, gap: number): void {
  const { left, bottom } = anchor.getBoundingClientRect();
  const { width, height } = floating.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  floating.style.left = `${Math.max(edge, Math.min(left, clientWidth - width - edge))}px`;
  floating.style.top = `${Math.max(edge, Math.min(bottom + gap, clientHeight - height - edge))}px`;
}
