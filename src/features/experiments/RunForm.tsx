import type { FormEvent } from "react";
import { useRun } from "../../kit/hooks/useRun";
import type { Session } from "../../session/session";

interface Props {
  readonly session: Session;
  /** The id that the fields of the form name. */
  readonly id: string;
  /** The text of the button that starts the experiment. */
  readonly label: string;
  readonly running: boolean;
  /** Null where a field has a fault. */
  readonly start: (() => void) | null;
  readonly cancel: () => void;
}

/** The form of an experiment's fields, with the button that starts the experiment or cancels it. */
export function RunForm({ session, id, label, running, start, cancel }: Props) {
  const canStart = useRun(session, ({ phase }) => phase !== "starting" && phase !== "failed");

  function submit(event: FormEvent): void {
    event.preventDefault();
    start?.();
  }

  return (
    <form id={id} onSubmit={submit}>
      {/* The keys make two elements: a button that becomes a submit button during its click would submit. */}
      {running ? (
        <button key="cancel" type="button" className="button" onClick={cancel}>
          Cancel
        </button>
      ) : (
        <button key="run" type="submit" className="button primary" disabled={!start || !canStart}>
          {label}
        </button>
      )}
    </form>
  );
}
