import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatCount } from "../../kit/text/format";
import { useSession } from "../../kit/ui/useSession";
import type { Session } from "../../session/session";
import { Scores } from "./Scores";

/** Step, epoch and speed, always in sight; each keeps its width while it counts. */
export function Stats() {
  const session = useSession();
  const { step, epoch, rate } = useSnapshot(session, statsOf, readable, "text");
  return (
    <p className="stats">
      <span>
        step <b className="w-step">{step}</b>
      </span>
      <span>
        epoch <b className="w-epoch">{epoch}</b>
      </span>
      <span className="rate" data-tip="Steps a second, over the last second">
        {rate && `${rate}/s`}
      </span>
      <Scores />
    </p>
  );
}

/** Numbers that change more often than this, in ms, cannot be read. */
const readable = 100;

function statsOf({ store }: Session) {
  const { step, epoch, phase, stepsPerSecond } = store.getState();
  return {
    step: formatCount(step),
    epoch: epoch.toFixed(1),
    rate: phase === "playing" ? formatRate(stepsPerSecond) : "",
  };
}

/** Two digits are enough for a number that never stands still. */
function formatRate(rate: number): string {
  if (!Number.isFinite(rate) || rate <= 0) return "0";
  return rate < 100 ? rate.toFixed(rate < 10 ? 1 : 0) : formatCount(Number(rate.toPrecision(2)));
}
