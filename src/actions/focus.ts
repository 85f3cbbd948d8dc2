const typing = "input:not([type=range], [type=checkbox], [type=radio]), select, textarea, dialog";

/** A selector of the elements that handle this key themselves. */
function handlersOf(key: string): string {
  if (key === " ") return `${typing}, input:not([type=range]), button, a, summary`;
  return key.startsWith("Arrow") || key === "End" ? `${typing}, input, [role=slider], [role=application]` : typing;
}

/** Whether the focused element, or one around it, handles this key itself. */
export function focusHandlesKey(target: EventTarget | null, key: string): boolean {
  return Boolean((target as Partial<Element> | null)?.closest?.(handlersOf(key)));
}
