import { drawText } from "./lettering";
import { svgElement } from "./svgElement";

/** What a drawing looks like, as presentation attributes: inherited, and with the value that stands where none is given. */
const inherited = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "font-family",
  "font-size",
  "font-weight",
  "letter-spacing",
  "text-anchor",
  "paint-order",
  "visibility",
] as const;
const own = { opacity: "1", display: "inline", "dominant-baseline": "auto" } as const;
/** What says how to place and shape an element; all else is for the page only. */
const shaping =
  /^(d|x|y|x1|x2|y1|y2|dx|dy|cx|cy|r|rx|ry|width|height|viewBox|points|transform|id|clip-path|offset|pathLength)$/;
/** What can be pressed, or is said to those who do not see, is no part of a picture. */
const left = "button, select, input, fieldset, [popover], .visually-hidden, [role=tooltip], script, style, title, desc";

/**
 * Draws what is seen in a part of the page, at the same places, as SVG elements that need nothing of the page: its drawings
 * with all their styles spelt out, its canvases as pictures, its texts as texts. `into` is drawn upon; its origin is the
 * window's.
 */
export function draw(node: Node, into: SVGElement): void {
  if (node instanceof Text) drawText(node, into);
  if (!(node instanceof Element) || node.matches(left) || !isSeen(node)) return;
  if (node instanceof SVGSVGElement) {
    into.append(drawingOf(node));
  } else if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL();
    into.append(
      svgElement("image", { ...place(node), href, preserveAspectRatio: "none", "image-rendering": "pixelated" }),
    );
  } else {
    drawBox(node, into);
    const inner = clips(node) ? windowOf(node) : into;
    for (const child of node.childNodes) draw(child, inner);
    if (inner !== into) into.append(inner);
  }
}

const isSeen = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

function place(element: Element): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

const clips = (element: Element): boolean =>
  element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY !== "visible";

/** Shows as much of what is drawn upon it as the element does that scrolls it. */
function windowOf(element: Element): SVGElement {
  const { x, y, width, height } = place(element);
  return svgElement("svg", { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}`, overflow: "hidden" });
}

/** A box's background and border; of a border on one side only, the left. */
function drawBox(element: Element, into: SVGElement): void {
  const { backgroundColor, borderTopWidth, borderLeftWidth, borderLeftColor, borderLeftStyle, borderRadius } =
    getComputedStyle(element);
  const [around, beside] = [Number.parseFloat(borderTopWidth), Number.parseFloat(borderLeftWidth)];
  const box = place(element);
  const filled = !/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor);
  if (filled || around > 0) {
    const border = around > 0 ? { stroke: borderLeftColor, "stroke-width": around } : {};
    const rx = Number.parseFloat(borderRadius) || 0;
    into.append(svgElement("rect", { ...box, rx, fill: filled ? backgroundColor : "none", ...border }));
  } else if (beside > 0) {
    const { x, y, height } = box;
    const dash = borderLeftStyle === "dashed" ? { "stroke-dasharray": "3 3" } : {};
    into.append(
      svgElement("path", { d: `M${x} ${y}v${height}`, stroke: borderLeftColor, "stroke-width": beside, ...dash }),
    );
  }
}

/** A drawing of the page as one that stands alone. */
function drawingOf(svg: SVGSVGElement): SVGElement {
  const { x, y, width, height } = place(svg);
  const copy = copyOf(svg, null);
  const box = { x, y, width, height, viewBox: svg.getAttribute("viewBox") ?? `0 0 ${width} ${height}` };
  for (const [key, value] of Object.entries(box)) copy.setAttribute(key, String(value));
  copy.setAttribute("overflow", getComputedStyle(svg).overflow);
  return copy;
}

function copyOf(source: Element, above: CSSStyleDeclaration | null): SVGElement {
  const copy = svgElement(source.tagName);
  for (const { name, value } of source.attributes) if (shaping.test(name)) copy.setAttribute(name, value);
  const style = getComputedStyle(source);
  for (const property of inherited) {
    const value = style.getPropertyValue(property);
    if (value !== above?.getPropertyValue(property)) copy.setAttribute(property, value);
  }
  for (const [property, usual] of Object.entries(own)) {
    const value = style.getPropertyValue(property);
    if (value !== usual && value !== "block") copy.setAttribute(property, value);
  }
  for (const child of source.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof Element && !child.matches(left)) copy.append(copyOf(child, style));
  }
  return copy;
}
