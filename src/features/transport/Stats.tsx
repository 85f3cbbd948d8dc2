import { useMemo, useRef } from "react";
import { useInSight } from "../../kit/hooks/useInSight";
import { useSession } from "../../kit/hooks/useSession";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import { formatCount } from "../../kit/text/format";
import type { Session } from "../../session/session";
import { Scores } from "./Scores";

/** Step, epoch, speed and scores. The width of each is constant while its number changes. */
export function Stats() {
  const session = useSession();
  const line = useRef<HTMLParagraphElement>(null);
  useInSight(
    line,
    useMemo(() => () => session.evaluation.getState().use(), [session]),
  );
  const { step, epoch, rate } = useSnapshot(session, statsOf, updateInterval, "text");
  return (
    <p className="stats" ref={line}>
      <span>
        step <b className="w-step">{step}</b>
      </span>
      <span>
        epoch <b className="w-epoch">{epoch}</b>
      </span>
      <span className="rate" data-tip="Steps per second, over the last second">
        {rate && `${rate}/s`}
      </span>
      <Scores />
    </p>
  );
}

/** Shortest time between updates, in ms: numbers that change faster cannot be read. */
const updateInterval = 100;

function statsOf({ store }: Session) {
  const { step, epoch, recipe, phase, stepsPerSecond } = store.getState();
  return {
    step: formatCount(step),
    // A recording may not have the number of rows.
    epoch: Number.isFinite(recipe.rows) ? epoch.toFixed(1) : "–",
    rate: phase === "playing" ? formatRate(stepsPerSecond) : "",
  };
}

/** Two digits, because the number changes all the time. */
function formatRate(rate: number): string {
  if (!Number.isFinite(rate) || rate <= 0) return "0";
  return rate < 100 ? rate.toFixed(rate < 10 ? 1 : 0) : formatCount(Number(rate.toPrecision(2)));
}
