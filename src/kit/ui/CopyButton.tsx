import { copy } from "./copy";
import { useSession } from "./useSession";

interface Props {
  readonly label: string;
  readonly text: () => string;
}

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ label, text }: Props) {
  const session = useSession();
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
