const svgNamespace = "http://www.w3.org/2000/svg";

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

/** An SVG element with these attributes. */
export function svgElement(name: string, attributes: Readonly<Record<string, string | number>> = {}): SVGElement {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

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

/** A text of the page, line by line as the browser broke it. */
function drawText(text: Text, into: SVGElement): void {
  const { parentElement } = text;
  if (!parentElement || text.data.trim() === "") return;
  const style = getComputedStyle(parentElement);
  for (const { words, x, y, width, height } of linesOf(text)) {
    const line = svgElement("text", {
      x,
      y: y + baseline(style, words, height),
      fill: style.color,
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "letter-spacing": style.letterSpacing,
      // As wide as on the page, whatever font stands in.
      textLength: width,
      lengthAdjust: "spacingAndGlyphs",
    });
    line.append(words);
    into.append(line);
  }
}

interface Line {
  words: string;
  readonly x: number;
  readonly y: number;
  width: number;
  readonly height: number;
}

function linesOf(text: Text): Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  for (let i = 0; i < text.length; i++) {
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    const box = range.getClientRects()[0];
    const letter = text.data.charAt(i);
    if (!box) continue;
    const line = lines.at(-1);
    const goesOn = line && Math.abs(line.y - box.y) < box.height / 2;
    if (goesOn) line.words += letter;
    else if (letter.trim() !== "") lines.push({ words: letter, x: box.x, y: box.y, width: 0, height: box.height });
    const now = lines.at(-1);
    if (now && letter.trim() !== "") now.width = box.right - now.x;
  }
  return lines.map((line) => ({ ...line, words: line.words.trimEnd() }));
}

/** A canvas to measure letters on. */
let measuring: CanvasRenderingContext2D | null = null;
function context(): CanvasRenderingContext2D | null {
  measuring ??= document.createElement("canvas").getContext("2d");
  return measuring;
}

/** How far below the top of its box a line of text stands. */
function baseline({ font }: CSSStyleDeclaration, words: string, height: number): number {
  const canvas = context();
  if (!canvas) return 0.8 * height;
  canvas.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = canvas.measureText(words);
  return (height - above - below) / 2 + above;
}

/** The width of a text in CSS pixels. */
export function widthOf(words: string, font: string): number {
  const canvas = context();
  if (!canvas) return 7 * words.length;
  canvas.font = font;
  return canvas.measureText(words).width;
}
