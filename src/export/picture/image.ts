import { draw } from "./drawing";
import { fontFaces } from "./fontFaces";
import { widthOf } from "./lettering";
import { svgElement } from "./svgElement";

/** The caption below a picture. */
export interface Caption {
  readonly title: string;
  /** The recipe as a link's hash; empty for the default run. */
  readonly recipe: string;
  readonly step: number;
}

const family = "Inter";
const fonts = `${family}, system-ui, "Segoe UI", "Liberation Sans", sans-serif`;
const captionSize = 12;
const lineHeight = 17;
/** Space below the caption, in CSS pixels. */
const margin = 12;
/** Pixels of a PNG per CSS pixel. */
const pngScale = 2;

/**
 * A card of the page as a self-contained SVG: its visible content with computed styles and the embedded font, its background,
 * and a caption with the recipe and the step.
 */
export async function svgOf(card: HTMLElement, { title, recipe, step }: Caption): Promise<string> {
  const faces = await fontFaces(family);
  const { x, y, width, height: drawn } = card.getBoundingClientRect();
  const style = getComputedStyle(card);
  const inset = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.borderLeftWidth);
  const lines = wrapped(`${title} · step ${step} · ${recipe || "default recipe"} · Alphascope`, width - 2 * inset);
  const height = drawn + margin + lineHeight * lines.length;

  const svg = svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  });
  const letters = svgElement("style");
  letters.textContent = `${faces}text{font-variant-numeric:tabular-nums;white-space:pre}`;
  const name = svgElement("title");
  name.textContent = `${title}, step ${step}`;
  const picture = svgElement("g", { transform: `translate(${-x} ${-y})` });
  for (const child of card.childNodes) draw(child, picture);
  const caption = svgElement("g", { fill: mutedOf(card), "font-family": fonts, "font-size": captionSize });
  for (const [i, words] of lines.entries()) {
    const line = svgElement("text", { x: inset, y: drawn + lineHeight * (i + 0.8) });
    line.append(words);
    caption.append(line);
  }
  svg.append(name, letters, svgElement("rect", { width, height, fill: style.backgroundColor }), picture, caption);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** The muted text colour: that of the card's title. */
const mutedOf = (card: HTMLElement): string => getComputedStyle(card.querySelector("h2") ?? card).color;

/** A text in lines of at most this width in CSS pixels; a recipe breaks between its settings. */
function wrapped(text: string, width: number): string[] {
  const font = `${captionSize}px ${fonts}`;
  const lines: string[] = [];
  for (const piece of text.split(/(?<=[ &;,])/)) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf((line + piece).trimEnd(), font) <= width) lines[lines.length - 1] = line + piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}

/** A picture made by `svgOf` as a PNG of `pngScale` pixels per CSS pixel. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(pngScale * image.naturalWidth);
  canvas.height = Math.ceil(pngScale * image.naturalHeight);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) =>
        blob
          ? resolve(blob)
          : reject(new Error("The browser could not encode the picture as PNG. Save it as SVG instead.")),
      "image/png",
    );
  });
}
