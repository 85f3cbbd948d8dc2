import type { Session } from "../../session/session";
import { copy } from "./copy";

interface Props {
  readonly session: Session;
  readonly label: string;
  readonly text: () => string;
}

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ session, label, text }: Props) {
  return (
    <button
      type="button"
      className="button small"
      aria-label={label}
      data-tip={label}
      onClick={() => void copy(session, text(), "Copied.")}
    >
      Copy
    </button>
  );
}
