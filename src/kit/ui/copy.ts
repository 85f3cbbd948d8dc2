import type { Session } from "../../session/session";

/** Copies a text to the clipboard and shows a notice of success or failure. */
export async function copy({ notify }: Pick<Session, "notify">, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify("info", done);
  } catch {
    notify("error", "Copying failed: the browser does not allow this page to use the clipboard.");
  }
}
