import { messageOf } from "./messageOf";

/**
 * What a text says as JSON.
 * @throws Error that says what is the matter with it, and at which line and column
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Some browsers quote the text.
    const message = messageOf(error).replace(/[\s\p{Cc}]+/gu, " ");
    // Some browsers tell the place of some faults.
    throw new Error(/line \d+ column \d+/.test(message) ? message : `${message} (${placeIn(text, endOfJson(text))})`);
  }
}

function placeIn(text: string, index: number): string {
  const lines = text.slice(0, index).split(/\r\n?|\n/);
  return `line ${lines.length} column ${(lines.at(-1) as string).length + 1}`;
}

/** Blanks, then a mark, a text, a number or a word. Nothing in it can be read in two ways, so that it stays quick on megabytes. */
const token =
  /([ \t\r\n]*)([{}[\],:]|"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)[ \t\r\n]*/y;

/** How far a text can be read as the beginning of JSON. */
function endOfJson(text: string): number {
  const open: string[] = [];
  let [at, before] = [0, ""];
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, blanks = "", mark = ""] = match;
    const after = following(mark, before, open);
    if (after === null) return at + blanks.length;
    [at, before] = [token.lastIndex, after];
  }
  return at;
}

/** What a token is after the one before it, within the brackets that are open: `key`, `value` or a mark. null: it cannot stand there. */
function following(mark: string, before: string, open: string[]): string | null {
  const within = open.at(-1);
  if (before === "key") return mark === ":" ? mark : null;
  if (mark === "}" || mark === "]") {
    const pair = mark === "}" ? "{" : "[";
    if (within !== pair || (before !== pair && before !== "value")) return null;
    open.pop();
    return "value";
  }
  if (before === "value") return mark === "," && within ? mark : null;
  if (within === "{" && before !== ":") return mark.startsWith('"') ? "key" : null;
  if (mark === "," || mark === ":") return null;
  if (mark === "{" || mark === "[") {
    open.push(mark);
    return mark;
  }
  return "value";
}
