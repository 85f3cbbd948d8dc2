import type { Session } from "../../session/session";

/** Puts a text on the clipboard, and says that it did, or that the browser does not allow it. */
export async function copy({ notify }: Pick<Session, "notify">, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify("info", done);
  } catch {
    notify("error", "The browser does not let this page use the clipboard.");
  }
}
