import { useSession } from "../hooks/useSession";
import { copy } from "./copy";

interface Props {
  readonly label: string;
  readonly text: () => string;
}

/** Copies a text to the clipboard. */
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
