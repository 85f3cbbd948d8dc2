/**
 * The key of a keyboard event as on a Latin keyboard: `KeyboardEvent.key`, but letters in upper case only with Shift (not with
 * Caps Lock), and on other alphabets the Latin letter or digit that is printed on the same key.
 */
export function latinKey({ key, code = "", shiftKey }: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string {
  if ([...key].length !== 1) return key;
  const printed = /^\p{ASCII}$/u.test(key) ? key : (/^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? key);
  return shiftKey ? printed.toUpperCase() : printed.toLowerCase();
}
