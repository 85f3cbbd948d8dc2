import { formatCount } from "../charts/format";
import type { Session } from "../store/session";
import { useRun } from "./useRun";

/** Step, epoch and speed, always in sight; each keeps its width while it counts. */
export function Stats({ session }: { readonly session: Session }) {
  const step = useRun(session, (run) => formatCount(run.step));
  const epoch = useRun(session, (run) => run.epoch.toFixed(1));
  const rate = useRun(session, (run) => (run.phase === "playing" ? formatRate(run.stepsPerSecond) : ""));
  return (
    <p className="stats">
      <span>
        step <b className="w-step">{step}</b>
      </span>
      <span>
        epoch <b className="w-epoch">{epoch}</b>
      </span>
      <span className="rate" title="Steps a second, over the last second">
        {rate && `${rate} steps/s`}
      </span>
    </p>
  );
}

/** Two digits are enough for a number that never stands still. */
function formatRate(rate: number): string {
  if (!Number.isFinite(rate) || rate <= 0) return "0";
  return rate < 100 ? rate.toFixed(rate < 10 ? 1 : 0) : formatCount(Number(rate.toPrecision(2)));
}
