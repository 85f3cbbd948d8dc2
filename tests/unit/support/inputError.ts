import { InputError } from "../../../src/core/errors";

/** The message of the InputError that a call throws; null when the call returns. Any other error is thrown on. */
export function inputErrorOf(call: () => unknown): string | null {
  try {
    call();
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
