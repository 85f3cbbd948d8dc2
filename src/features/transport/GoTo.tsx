import { useState } from "react";
import { messageOf } from "../../core/errors";
import { limits } from "../../core/limits";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { formatCount } from "../../kit/text/format";
import { latePart } from "../../kit/ui/latePart";
import { stepAtEpoch, stepMeasuredAt } from "./epochs";
import { PauseForm } from "./PauseForm";

export type GoToUnit = "epoch" | "step" | "until";

const Until = latePart("The choice of a condition", async () => (await import("./Until")).Until);

/** Goes to a step or to the end of an epoch: at once to a measured step, else at full speed with a progress bar. */
export function GoTo() {
  const session = useSession();
  const [unit, setUnit] = useState<GoToUnit>("epoch");
  const stopWhen = useRun(session, (run) => run.stopWhen);
  const [text, setText] = useState("100");
  const [error, setError] = useState<string | null>(null);
  const goal = useRun(session, (run) => run.goal);
  const step = useRun(session, (run) => (run.goal ? run.step : 0));

  function go(): void {
    const value = Number(text);
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
  if (stopWhen || unit === "until") return <Until setUnit={setUnit} />;
  return (
    <PauseForm
      unit={unit}
      options={
        <>
          <option value="epoch">to epoch</option>
          <option value="step">to step</option>
          <option value="until">until a condition</option>
        </>
      }
      setUnit={(value) => setUnit(value as GoToUnit)}
      field={{ label: unit === "epoch" ? "Epoch to go to" : "Step to go to", inputMode: "numeric" }}
      text={text}
      setText={(value) => {
        setText(value);
        setError(null);
      }}
      tip="Goes to this step, or to the end of this epoch, and pauses."
      error={error}
      go={go}
    />
  );
}
