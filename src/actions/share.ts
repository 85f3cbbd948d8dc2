import { copy } from "../kit/ui/copy";
import type { Session } from "../session/session";

/** Copies the run's link; shows an error where a link cannot contain the run. */
export async function share(session: Session): Promise<void> {
  const { file, recipe, recording } = session.store.getState();
  if (recording) {
    session.notify("error", `A link cannot contain the ${file}. Send its file instead.`);
    return;
  }
  if (file !== null) {
    session.notify("error", `A link cannot contain the data of this run, from ${file}. Save the run file instead.`);
    return;
  }
  const changes = recipe.edits.length;
  const replays =
    changes === 0
      ? ""
      : ` and replays its ${changes === 1 ? "change at its step" : `${changes} changes at their steps`}`;
  const link = session.link();
  const where = link.startsWith("file:")
    ? " The link names the file of this page on this computer: on another computer, put the part after # behind the address of the page there."
    : "";
  await copy(session, link, `Link copied. The link opens this run at step 0${replays}.${where}`, link);
}
