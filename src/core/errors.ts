/**
 * A fault in user input: a link, a file, a script's argument or a form. The message names the field, the value found and
 * the values allowed. A function that throws this error has changed no state.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** The message of an error; any other thrown value as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
