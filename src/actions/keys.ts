import { latinKey } from "../kit/text/latinKey";
import { focusHandlesKey } from "./focus";
import type { Action } from "./types";

type KeyPress = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey" | "target">;

/** The action of a key press and its key in the table; null where the focused element or the browser handles the key. */
export function actionFor(
  event: KeyPress,
  actions: Readonly<Record<string, Action>>,
): { readonly action: Action; readonly key: string } | null {
  if (event.altKey) return null;
  const chord = event.ctrlKey || event.metaKey;
  for (const key of keysOf(event)) {
    const action = Object.values(actions).find((one) =>
      chord ? one.chords?.includes(key) : one.key === key || one.alsoKeys?.includes(key),
    );
    if (action) return focusHandlesKey(event.target, key) ? null : { action, key };
  }
  return null;
}

/** The Latin key, then the digit that is printed on it: French keyboards type digits with Shift. */
function keysOf(event: KeyPress): string[] {
  const digit = event.shiftKey ? undefined : /^Digit(\d)$/.exec(event.code)?.[1];
  return digit ? [latinKey(event), digit] : [latinKey(event)];
}
