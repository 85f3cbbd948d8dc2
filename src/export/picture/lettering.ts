import { svgElement } from "./svgElement";

/** A text of the page, line by line as the browser broke it. */
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
