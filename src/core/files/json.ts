import { messageOf } from "../errors";

/**
 * What a text says as JSON.
 * @throws Error that says what is the matter with it, and at which line and column
 */
export async function parseJson(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Some browsers quote the text.
    const message = messageOf(error).replace(/[\s\p{Cc}]+/gu, " ");
    // Some browsers tell the place of some faults.
    throw new Error(/line \d+ column \d+/.test(message) ? message : `${message} (${await placeIn(text)})`);
  }
}

/** The place of the first fault. What finds it is loaded when there is one. */
async function placeIn(text: string): Promise<string> {
  const { parse } = await import("jsonc-parser");
  const faults: { readonly offset: number }[] = [];
  parse(text, faults as [], { disallowComments: true });
  const lines = text.slice(0, faults[0]?.offset ?? text.length).split(/\r\n?|\n/);
  return `line ${lines.length} column ${(lines.at(-1) as string).length + 1}`;
}
