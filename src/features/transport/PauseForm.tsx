import { type ReactNode, useId } from "react";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";

interface Props {
  /** The kind of place where the run pauses, and the options of its select box. */
  readonly unit: string;
  readonly options: ReactNode;
  readonly setUnit: (unit: string) => void;
  /** The field of the place's number; null where the kind needs no number. */
  readonly field: { readonly label: string; readonly inputMode: "numeric" | "decimal" } | null;
  readonly text: string;
  readonly setText: (text: string) => void;
  /** The tooltip of the button. */
  readonly tip: string;
  readonly error: string | null;
  readonly go: () => void;
}

/** The form of the place where the run pauses: its kind, its number and the button Go. */
export function PauseForm({ unit, options, setUnit, field, text, setText, tip, error, go }: Props) {
  const id = useId();
  const phase = useRun(useSession(), (run) => run.phase);
  return (
    <form
      className="run-to"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <select
        className="field unit"
        aria-label="Where the run pauses"
        value={unit}
        onChange={(event) => setUnit(event.target.value)}
      >
        {options}
      </select>
      {field !== null && (
        <input
          className="field"
          inputMode={field.inputMode}
          autoComplete="off"
          aria-label={field.label}
          value={text}
          aria-invalid={error !== null}
          aria-describedby={id}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <button type="submit" className="button" data-tip={tip} disabled={phase === "starting" || phase === "failed"}>
        Go
      </button>
      <span id={id} className="fault floating" role="status">
        {error}
      </span>
    </form>
  );
}
