import { messageOf } from "../core/errors";
import type { Session } from "../session/session";

/** Shows the error of a rejected command as a notice. */
export function notifyOnReject(session: Session, command: Promise<void>): void {
  command.catch((error: unknown) => session.notify("error", messageOf(error)));
}

/** Calls `run` and shows an error that it throws as a notice. */
export function notifyOnThrow(session: Session, run: () => void): void {
  try {
    run();
  } catch (error) {
    session.notify("error", messageOf(error));
  }
}
