import { messageOf } from "../errors";

/**
 * The value of a JSON text.
 * @throws Error whose message has the fault with its line and column
 */
export async function parseJson(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Some browsers quote the text, with its line breaks.
    const message = messageOf(error).replace(/[\s\p{Cc}]+/gu, " ");
    // Some browsers give the line and column of some errors.
    if (/line \d+ column \d+/.test(message)) throw new Error(message);
    // Without a connection the place stays unknown.
    const place = await placeIn(text).catch(() => null);
    throw new Error(place ? `${message} (${place})` : message);
  }
}

/** The line and column of the first fault. The parser that finds them is loaded on demand. */
async function placeIn(text: string): Promise<string> {
  const { parse } = await import("jsonc-parser");
  const errors: { readonly offset: number }[] = [];
  parse(text, errors as [], { disallowComments: true });
  const lines = text.slice(0, errors[0]?.offset ?? text.length).split(/\r\n?|\n/);
  return `line ${lines.length} column ${(lines.at(-1) as string).length + 1}`;
}
