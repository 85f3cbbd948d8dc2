import { messageOf } from "../core/errors";
import type { Session } from "../session/session";

/** A rejected command becomes a notice; nothing is silent. */
export function reporting(session: Session, command: Promise<void>): void {
  command.catch((error: unknown) => session.notify("error", messageOf(error)));
}

/** As `reporting`, for what is done at once. */
export function trying(session: Session, act: () => void): void {
  try {
    act();
  } catch (error) {
    session.notify("error", messageOf(error));
  }
}
