import { useState } from "react";
import { formatCount } from "../charts/format";
import { History } from "../core/history";
import type { Session } from "../store/session";
import { stepAtEpoch } from "./epochs";
import { useRun } from "./useRun";

/** Runs at full speed to the end of an epoch; while it does, a bar shows how far it is and a button stops it. */
export function RunTo({ session }: { readonly session: Session }) {
  const [text, setText] = useState("100");
  const [fault, setFault] = useState<string | null>(null);
  const goal = useRun(session, (run) => run.goal);
  const step = useRun(session, (run) => (run.goal ? run.step : 0));
  const phase = useRun(session, (run) => run.phase);

  function go(): void {
    const epoch = Number(text);
    const run = session.store.getState();
    const whole = Number.isInteger(epoch) && epoch >= 1;
    const target = whole ? stepAtEpoch(run, epoch) : 0;
    if (!whole) setFault("Type a whole number of epochs.");
    else if (target <= run.step) setFault(`Epoch ${epoch} is behind: this is epoch ${run.epoch.toFixed(1)}.`);
    else if (target > History.capacity)
      setFault(`A run ends at step ${formatCount(History.capacity)}; this is step ${formatCount(target)}.`);
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
      <label htmlFor="run-to-epoch">to epoch</label>
      <input
        id="run-to-epoch"
        className="field"
        inputMode="numeric"
        autoComplete="off"
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
        data-tip="Plays at full speed to the end of this epoch, then pauses"
        disabled={phase !== "paused" && phase !== "playing"}
      >
        Run
      </button>
      <span id="run-to-fault" className="fault floating" role="status">
        {fault}
      </span>
    </form>
  );
}
