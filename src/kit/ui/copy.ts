import type { Session } from "../../session/session";

/**
 * Copies a text to the clipboard and shows a notice of success or failure.
 *
 * @param shown the text for the notice of a failure, where it is short enough to be copied from there
 */
export async function copy(
  { notify }: Pick<Session, "notify">,
  text: string,
  done: string,
  shown?: string,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify("info", done);
  } catch {
    const instead = shown === undefined ? "" : ` Copy it from here: ${shown}`;
    notify("error", `The browser does not allow this page to use the clipboard.${instead}`);
  }
}
