import { svgElement } from "./svgElement";

/** Draws a text of the page, line by line, with the line breaks of the page. */
export function drawText(text: Text, into: SVGElement): void {
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
      // The width on the page, also with a fallback font.
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
    const sameLine = line && Math.abs(line.y - box.y) < box.height / 2;
    if (sameLine) line.words += letter;
    else if (letter.trim() !== "") lines.push({ words: letter, x: box.x, y: box.y, width: 0, height: box.height });
    const current = lines.at(-1);
    if (current && letter.trim() !== "") current.width = box.right - current.x;
  }
  return lines.map((line) => ({ ...line, words: line.words.trimEnd() }));
}

/** The canvas context that measures text, created on first use. */
let measuring: CanvasRenderingContext2D | null = null;
function context(): CanvasRenderingContext2D | null {
  measuring ??= document.createElement("canvas").getContext("2d");
  return measuring;
}

/** The distance from the top of a line's box to its baseline, in CSS pixels. */
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
