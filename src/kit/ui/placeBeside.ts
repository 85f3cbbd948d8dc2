import type { Placement } from "@floating-ui/dom";

/** Least distance to the edges of the window, in CSS pixels. */
const edge = 8;

/** Loads the library that measures and places; called on hover, before a menu opens. */
export const loadPlacing = () => import("@floating-ui/dom");

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
  const { computePosition, flip, offset, shift } = await loadPlacing();
  const { x, y } = await computePosition(anchor, floating, {
    strategy: "fixed",
    placement,
    middleware: [offset(gap), flip({ padding: edge }), shift({ padding: edge, crossAxis: true })],
  });
  floating.style.left = `${x}px`;
  floating.style.top = `${y}px`;
}
