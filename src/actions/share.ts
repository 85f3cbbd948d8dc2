import { copy } from "../kit/ui/copy";
import type { Session } from "../session/session";

/** Copies the run's address; says so where an address cannot hold the run. */
export async function share(session: Session): Promise<void> {
  const { fromFile, recipe } = session.store.getState();
  if (fromFile) {
    session.notify("error", "This run starts from data of a file, which no link can carry. Save the run file instead.");
    return;
  }
  const changes = recipe.edits.length;
  const with_ =
    changes === 0 ? "" : `, with its ${changes === 1 ? "change at its step" : `${changes} changes at their steps`}`;
  await copy(session, session.link(), `Link copied: whoever opens it sees this run from step 0${with_}.`);
}
