import type { RefObject } from "react";
import { latePart } from "../kit/ui/latePart";

/** Loaded when the help is first opened. */
const HelpTexts = latePart("The help", async () => (await import("./HelpTexts")).HelpTexts);

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  /** Whether the help has been opened. */
  readonly opened: boolean;
}

/** The dialog of the help. */
export function HelpDialog({ dialog, opened }: Props) {
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title">
      {/* The first form: an opened dialog focuses its first button, which must not scroll the dialog to its end. */}
      <form method="dialog">
        <h2 id="help-title">About Alphascope</h2>
        <button type="submit" className="button">
          Close
        </button>
      </form>
      {opened && <HelpTexts />}
    </dialog>
  );
}
