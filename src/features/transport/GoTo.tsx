import { useState } from "react";
import { messageOf } from "../../core/errors";
import type { StopCondition } from "../../core/history/stopCondition";
import { limits } from "../../core/limits";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { formatCount } from "../../kit/text/format";
import { stepAtEpoch, stepMeasuredAt } from "./epochs";
import { conditionOf, fieldNameOf, type GoToTarget, targetLabels, targets, untilText } from "./goToTargets";

/**
 * Goes to a step or to the end of an epoch: at once to a measured step, else at full speed with a progress bar. Plays until a step
 * meets a condition.
 */
export function GoTo() {
  const session = useSession();
  const [unit, setUnit] = useState<GoToTarget>("epoch");
  const [text, setText] = useState("100");
  const [error, setError] = useState<string | null>(null);
  const goal = useRun(session, (run) => run.goal);
  const step = useRun(session, (run) => (run.goal ? run.step : 0));
  const stopWhen = useRun(session, (run) => run.stopWhen);
  const phase = useRun(session, (run) => run.phase);
  const fieldName = fieldNameOf(unit);

  function go(): void {
    const value = Number(text);
    const condition = conditionOf(unit, value);
    if (condition) {
      playUntil(condition);
      return;
    }
    const run = session.store.getState();
    const whole = text.trim() !== "" && Number.isInteger(value) && value >= 0;
    const target =
      unit === "step" ? value : (stepMeasuredAt(session.history().whole, value) ?? stepAtEpoch(run, value));
    if (!whole) setError(`Enter a whole number of ${unit}s.`);
    else if (!Number.isFinite(target)) setError("The recorded run has no number of rows: choose a step.");
    else if (target > limits.steps)
      setError(`Found step ${formatCount(target)}; allowed: at most ${formatCount(limits.steps)}.`);
    else if (target <= run.measuredSteps) session.seek(target).catch((reason: unknown) => setError(messageOf(reason)));
    else session.runTo(target);
  }

  function playUntil(condition: StopCondition): void {
    const isNumber = text.trim() !== "" && Number.isFinite(Number(text));
    if (fieldName !== null && !isNumber) setError("Enter a number.");
    else {
      session.stopWhen(condition);
      session.play();
    }
  }

  if (goal) {
    const share = (step - goal.from) / Math.max(1, goal.to - goal.from);
    return (
      <div className="run-to">
        <progress aria-label={`Running to step ${formatCount(goal.to)}`} max={1} value={share} />
        <button type="button" className="button" onClick={() => session.pause()}>
          Stop
        </button>
      </div>
    );
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
          onClick={() => session.stopWhen(null)}
        >
          Clear
        </button>
      </div>
    );
  }
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
        onChange={(event) => {
          setUnit(targets.find((target) => target === event.target.value) ?? unit);
          setError(null);
        }}
      >
        {targets.map((target) => (
          <option key={target} value={target}>
            {targetLabels[target]}
          </option>
        ))}
      </select>
      {fieldName !== null && (
        <input
          className="field"
          inputMode={unit === "epoch" || unit === "step" ? "numeric" : "decimal"}
          autoComplete="off"
          aria-label={fieldName}
          value={text}
          aria-invalid={error !== null}
          aria-describedby="run-to-error"
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
        />
      )}
      <button
        type="submit"
        className="button"
        data-tip="Goes to this step or epoch, or plays until a step meets the condition; then pauses."
        disabled={phase === "starting" || phase === "failed"}
      >
        Go
      </button>
      <span id="run-to-error" className="fault floating" role="status">
        {error}
      </span>
    </form>
  );
}
