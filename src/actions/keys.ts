import { focusHandlesKey } from "./focus";
import type { Action } from "./types";

/** The action of a key press; null where the focused element or the browser handles the key. */
export function actionFor(
  event: Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "target">,
  actions: Readonly<Record<string, Action>>,
): Action | null {
  if (event.altKey) return null;
  const chord = event.ctrlKey || event.metaKey;
  const action = Object.values(actions).find(({ key, alsoKeys, chords }) =>
    chord ? chords?.includes(event.key) : key === event.key || alsoKeys?.includes(event.key),
  );
  return !action || focusHandlesKey(event.target, event.key) ? null : action;
}
