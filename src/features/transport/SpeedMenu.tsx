import { usePage } from "../../actions/PageProvider";
import { speedLabel, speeds } from "../../actions/speeds";
import { useRun } from "../../kit/hooks/useRun";

/** Selects the speed in steps per second. A speed outside the menu, set by a script or a lesson, is listed, too. */
export function SpeedMenu() {
  const { page, actions } = usePage();
  const { session } = page;
  const speed = useRun(session, (run) => run.speed);
  const offered: readonly number[] = speeds;
  const listed = offered.includes(speed) ? offered : [...offered, speed].sort((a, b) => a - b);
  return (
    <select
      className="button speed"
      aria-label="Speed"
      data-tip={`Selects the speed in steps per second (${actions.slower.keyLabel} slower, ${actions.faster.keyLabel} faster)`}
      value={speed}
      onChange={(event) => session.setSpeed(Number(event.target.value))}
    >
      {listed.map((value) => (
        <option key={value} value={value}>
          {speedLabel(value)}
        </option>
      ))}
    </select>
  );
}
