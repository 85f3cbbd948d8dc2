import { useState } from "react";
import { limits } from "../../core/limits";
import { formatCount } from "../../kit/text/format";
import { useRun } from "../../kit/ui/useRun";
import { useSession } from "../../kit/ui/useSession";
import { stepAtEpoch, stepMeasuredAt } from "./epochs";

/** Goes to a step, or the end of an epoch: back at once, ahead at full speed with a bar that shows how far it is. */
export function GoTo() {
  const session = useSession();
  const [unit, setUnit] = useState<"epoch" | "step">("epoch");
  const [text, setText] = useState("100");
  const [fault, setFault] = useState<string | null>(null);
  const goal = useRun(session, (run) => run.goal);
  const step = useRun(session, (run) => (run.goal ? run.step : 0));
  const phase = useRun(session, (run) => run.phase);

  function go(): void {
    const wanted = Number(text);
    const run = session.store.getState();
    const whole = text.trim() !== "" && Number.isInteger(wanted) && wanted >= 0;
    const target =
      unit === "step" ? wanted : (stepMeasuredAt(session.history().whole, wanted) ?? stepAtEpoch(run, wanted));
    if (!whole) setFault(`Type a whole number of ${unit}s.`);
    else if (target > limits.steps)
      setFault(`A run ends at step ${formatCount(limits.steps)}; this is step ${formatCount(target)}.`);
    else if (target <= run.known) session.seek(target).catch((error: Error) => setFault(error.message));
    else session.runTo(target);
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
        aria-label="What to go to"
        value={unit}
        onChange={(event) => setUnit(event.target.value === "step" ? "step" : "epoch")}
      >
        <option value="epoch">to epoch</option>
        <option value="step">to step</option>
      </select>
      <input
        className="field"
        inputMode="numeric"
        autoComplete="off"
        aria-label={unit === "epoch" ? "Epoch to go to" : "Step to go to"}
        value={text}
        aria-invalid={fault !== null}
        aria-describedby="run-to-fault"
        onChange={(event) => {
          setText(event.target.value);
          setFault(null);
        }}
      />
      <button
        type="submit"
        className="button"
        data-tip="Goes back at once, or on at full speed, to this step or to the end of this epoch, and pauses there"
        disabled={phase === "starting" || phase === "failed"}
      >
        Go
      </button>
      <span id="run-to-fault" className="fault floating" role="status">
        {fault}
      </span>
    </form>
  );
}
