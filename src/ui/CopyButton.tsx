import type { Session } from "../store/session";

interface Props {
  readonly session: Session;
  readonly label: string;
  readonly text: () => string;
}

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ session, label, text }: Props) {
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text());
      session.notify("info", "Copied.");
    } catch {
      session.notify("error", "The browser does not let this page use the clipboard.");
    }
  }
  return (
    <button type="button" className="button small" aria-label={label} data-tip={label} onClick={() => void copy()}>
      Copy
    </button>
  );
}
