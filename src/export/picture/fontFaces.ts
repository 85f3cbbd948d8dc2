/** Data URLs of font files, by address. */
const fetched = new Map<string, Promise<string | null>>();

/**
 * The page's @font-face rules of a family, with the font files as data URLs, so that a picture contains its fonts. A face that
 * cannot be fetched (on a page opened from a file) is omitted; a fallback font replaces it.
 */
export async function fontFaces(family: string): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) =>
    rulesOf(sheet).map((rule) => ({ rule, base: sheet.href ?? document.baseURI })),
  );
  const faces = rules.map(async ({ rule, base }) => {
    if (!(rule instanceof CSSFontFaceRule)) return "";
    const { style, cssText } = rule;
    const source = /url\("?([^")]+)"?\)/.exec(cssText);
    if (!source?.[1] || style.getPropertyValue("font-family").replaceAll('"', "") !== family) return "";
    const data = await dataUrl(new URL(source[1], base).href);
    return data ? cssText.replace(source[0], `url("${data}")`) : "";
  });
  return (await Promise.all(faces)).join("");
}

/** The rules of a style sheet; none if the browser denies access, as for a style sheet of another origin. */
function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

function dataUrl(address: string): Promise<string | null> {
  if (address.startsWith("data:")) return Promise.resolve(address);
  const known = fetched.get(address) ?? read(address);
  fetched.set(address, known);
  return known;
}

async function read(address: string): Promise<string | null> {
  try {
    const response = await fetch(address);
    if (!response.ok) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return `data:font/woff2;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
  } catch {
    return null;
  }
}
