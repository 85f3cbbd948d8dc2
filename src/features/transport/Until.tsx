import { type FormEvent, useState } from "react";
import { messageOf } from "../../core/errors";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import type { GoToUnit } from "./GoTo";
import { conditionOf, fieldNameOf, targetLabels, targets, type UntilTarget, untilText } from "./untilTargets";

/** Plays until a step meets a condition; while a condition is in force, its text and a button that removes it. */
export function Until({ setUnit }: { readonly setUnit: (unit: GoToUnit) => void }) {
  const session = useSession();
  const [target, setTarget] = useState<UntilTarget>("ratioAbove");
  const [text, setText] = useState("2");
  const [error, setError] = useState<string | null>(null);
  const stopWhen = useRun(session, (run) => run.stopWhen);
  const phase = useRun(session, (run) => run.phase);
  const fieldName = fieldNameOf(target);

  function go(event: FormEvent): void {
    event.preventDefault();
    const value = Number(text);
    if (fieldName !== null && (text.trim() === "" || !Number.isFinite(value))) setError("Enter a number.");
    else {
      session.stopWhen(conditionOf(target, value)).then(
        () => session.play(),
        (reason: unknown) => setError(messageOf(reason)),
      );
    }
  }

  if (stopWhen) {
    return (
      <div className="run-to">
        <span className="until" role="status">
          {untilText(stopWhen)}
        </span>
        <button
          type="button"
          className="button"
          data-tip="Removes the condition; the run does not pause there."
          onClick={() => void session.stopWhen(null)}
        >
          Clear
        </button>
      </div>
    );
  }
  return (
    <form className="run-to" noValidate onSubmit={go}>
      <select
        className="field unit"
        aria-label="Where the run pauses"
        value={target}
        onChange={({ target: { value } }) => {
          setError(null);
          const chosen = targets.find((one) => one === value);
          if (chosen) setTarget(chosen);
          else setUnit(value === "step" ? "step" : "epoch");
        }}
      >
        <option value="epoch">to epoch</option>
        <option value="step">to step</option>
        {targets.map((one) => (
          <option key={one} value={one}>
            {targetLabels[one]}
          </option>
        ))}
      </select>
      {fieldName !== null && (
        <input
          className="field"
          inputMode="decimal"
          autoComplete="off"
          aria-label={fieldName}
          value={text}
          aria-invalid={error !== null}
          aria-describedby="until-error"
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
        />
      )}
      <button
        type="submit"
        className="button"
        data-tip="Plays until a step meets the condition, and pauses there."
        disabled={phase === "starting" || phase === "failed"}
      >
        Go
      </button>
      <span id="until-error" className="fault floating" role="status">
        {error}
      </span>
    </form>
  );
}
