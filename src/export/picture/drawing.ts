import { drawText } from "./lettering";
import { svgElement } from "./svgElement";

/** Presentation attributes copied into a picture: the inherited ones, and the others with their default values. */
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
/** Attributes of position and shape; all other attributes have no effect outside the page. */
const shaping =
  /^(d|x|y|x1|x2|y1|y2|dx|dy|cx|cy|r|rx|ry|width|height|viewBox|points|transform|id|clip-path|offset|pathLength)$/;
/** Elements left out of a picture: controls and texts for screen readers. */
const omitted =
  "button, select, input, fieldset, [popover], .visually-hidden, [role=tooltip], script, style, title, desc";

/**
 * Draws the visible content of a page element as SVG elements that depend on no style sheet: SVG drawings with their computed
 * styles as attributes, canvases as images, texts as texts. Coordinates are those of the window.
 * @param into the SVG element that the drawing is appended to
 */
export function draw(node: Node, into: SVGElement): void {
  if (node instanceof Text) drawText(node, into);
  if (!(node instanceof Element) || node.matches(omitted) || !isVisible(node)) return;
  if (node instanceof SVGSVGElement) {
    into.append(drawingOf(node));
  } else if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL();
    into.append(
      svgElement("image", { ...boxOf(node), href, preserveAspectRatio: "none", "image-rendering": "pixelated" }),
    );
  } else {
    drawBox(node, into);
    const inner = clips(node) ? clipOf(node) : into;
    for (const child of node.childNodes) draw(child, inner);
    if (inner !== into) into.append(inner);
  }
}

const isVisible = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

function boxOf(element: Element): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

const clips = (element: Element): boolean =>
  element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY !== "visible";

/** A nested SVG that clips its content to the box of a scrolling element. */
function clipOf(element: Element): SVGElement {
  const { x, y, width, height } = boxOf(element);
  return svgElement("svg", { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}`, overflow: "hidden" });
}

/** Draws a box's background and border. Of a border on one side, only a left border is drawn. */
function drawBox(element: Element, into: SVGElement): void {
  const { backgroundColor, borderTopWidth, borderLeftWidth, borderLeftColor, borderLeftStyle, borderRadius } =
    getComputedStyle(element);
  const [border, leftBorder] = [Number.parseFloat(borderTopWidth), Number.parseFloat(borderLeftWidth)];
  const box = boxOf(element);
  const filled = !/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor);
  if (filled || border > 0) {
    const stroke = border > 0 ? { stroke: borderLeftColor, "stroke-width": border } : {};
    const rx = Number.parseFloat(borderRadius) || 0;
    into.append(svgElement("rect", { ...box, rx, fill: filled ? backgroundColor : "none", ...stroke }));
  } else if (leftBorder > 0) {
    const { x, y, height } = box;
    const dash = borderLeftStyle === "dashed" ? { "stroke-dasharray": "3 3" } : {};
    into.append(
      svgElement("path", { d: `M${x} ${y}v${height}`, stroke: borderLeftColor, "stroke-width": leftBorder, ...dash }),
    );
  }
}

/** An SVG element of the page as a self-contained copy. */
function drawingOf(svg: SVGSVGElement): SVGElement {
  const { x, y, width, height } = boxOf(svg);
  const copy = copyOf(svg, null);
  const box = { x, y, width, height, viewBox: svg.getAttribute("viewBox") ?? `0 0 ${width} ${height}` };
  for (const [key, value] of Object.entries(box)) copy.setAttribute(key, String(value));
  copy.setAttribute("overflow", getComputedStyle(svg).overflow);
  return copy;
}

function copyOf(source: Element, parentStyle: CSSStyleDeclaration | null): SVGElement {
  const copy = svgElement(source.tagName);
  for (const { name, value } of source.attributes) if (shaping.test(name)) copy.setAttribute(name, value);
  const style = getComputedStyle(source);
  for (const property of inherited) {
    const value = style.getPropertyValue(property);
    if (value !== parentStyle?.getPropertyValue(property)) copy.setAttribute(property, value);
  }
  for (const [property, usual] of Object.entries(own)) {
    const value = style.getPropertyValue(property);
    if (value !== usual && value !== "block") copy.setAttribute(property, value);
  }
  for (const child of source.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof Element && !child.matches(omitted)) copy.append(copyOf(child, style));
  }
  return copy;
}
