import { usePage } from "../../actions/PageProvider";
import { speedLabel, speeds } from "../../actions/speeds";
import { useRun } from "../../kit/ui/useRun";

/** Steps a second to play at. A speed set elsewhere that the menu does not offer is listed too. */
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
      data-tip={`Steps a second (${actions.slower.keyLabel} slower, ${actions.faster.keyLabel} faster)`}
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
