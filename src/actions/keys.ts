import { type Action, actions } from "./actions";

const typing = "input:not([type=range], [type=checkbox], [type=radio]), select, textarea, dialog";

/** Where a key already means something: what is focused there keeps it. */
function ownedBy(key: string): string {
  if (key === " ") return `${typing}, input:not([type=range]), button, a, summary`;
  return key.startsWith("Arrow") || key === "End" ? `${typing}, input, [role=slider], [role=application]` : typing;
}

/** Whether a key already means something to what is focused. */
export function keeps(target: EventTarget | null, key: string): boolean {
  return Boolean((target as Partial<Element> | null)?.closest?.(ownedBy(key)));
}

/** The action a key press stands for; none where the key belongs to what is focused, or to the browser. */
export function actionFor(
  event: Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "target">,
): Action | null {
  if (event.altKey) return null;
  const chord = event.ctrlKey || event.metaKey;
  const action = Object.values<Action>(actions).find(({ key, alsoKeys, chords }) =>
    chord ? chords?.includes(event.key) : key === event.key || alsoKeys?.includes(event.key),
  );
  return !action || keeps(event.target, event.key) ? null : action;
}
