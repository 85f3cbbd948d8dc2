import { useState } from "react";
import { messageOf } from "../../core/errors";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import type { GoToUnit } from "./GoTo";
import { PauseForm } from "./PauseForm";
import { conditionOf, fieldNameOf, targetLabels, targets, type UntilTarget, untilText } from "./untilTargets";

/** Plays until a step meets a condition; while a condition is in force, its text and a button that removes it. */
export function Until({ setUnit }: { readonly setUnit: (unit: GoToUnit) => void }) {
  const session = useSession();
  const [target, setTarget] = useState<UntilTarget>("ratioAbove");
  const [text, setText] = useState("2");
  const [error, setError] = useState<string | null>(null);
  const stopWhen = useRun(session, (run) => run.stopWhen);
  const fieldName = fieldNameOf(target);

  function go(): void {
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
    <PauseForm
      unit={target}
      options={
        <>
          <option value="epoch">to epoch</option>
          <option value="step">to step</option>
          {targets.map((one) => (
            <option key={one} value={one}>
              {targetLabels[one]}
            </option>
          ))}
        </>
      }
      setUnit={(value) => {
        setError(null);
        const chosen = targets.find((one) => one === value);
        if (chosen) setTarget(chosen);
        else setUnit(value === "step" ? "step" : "epoch");
      }}
      field={fieldName === null ? null : { label: fieldName, inputMode: "decimal" }}
      text={text}
      setText={(value) => {
        setText(value);
        setError(null);
      }}
      tip="Plays until a step meets the condition, and pauses there."
      error={error}
      go={go}
    />
  );
}
