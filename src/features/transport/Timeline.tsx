import { type CSSProperties, useState } from "react";
import { ActionButton } from "../../actions/ActionButton";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatCount } from "../../kit/text/format";
import { longestRun } from "../../kit/timechart/drawnRuns";
import { editMarks, mergeNearby } from "../../kit/timechart/edits";
import { extentFor } from "../../kit/timechart/zoom";
import { Icon } from "../../kit/ui/Icon";
import { useRun } from "../../kit/ui/useRun";
import { useSession } from "../../kit/ui/useSession";
import type { Session } from "../../session/session";
import { GoTo } from "./GoTo";
import { Restarts } from "./Transport";
import "./transport.css";

/** The run from its first step to the last one known: what goes back to step 0, what takes changes back, and a hand for time. */
export function Timeline() {
  const session = useSession();
  const canUndo = useRun(session, (run) => run.canUndo);
  const canRedo = useRun(session, (run) => run.canRedo);
  return (
    <section className="timeline" aria-label="Time">
      <div className="more">
        <Restarts />
        <ActionButton action="undo" enabled={canUndo} className="square">
          <Icon name="undo" />
        </ActionButton>
        <ActionButton action="redo" enabled={canRedo} className="square">
          <Icon name="redo" />
        </ActionButton>
        <ActionButton action="pin">Pin</ActionButton>
      </div>
      <Scrubber />
      <GoTo />
    </section>
  );
}

/** A number that changes more often than this, in ms, cannot be followed. */
const readable = 100;

function placesOf(session: Session) {
  const { known, recipe } = session.store.getState();
  const { to } = extentFor(longestRun(session));
  const { edits, schedules } = editMarks(recipe.edits);
  const steps = [...mergeNearby(edits, to / 200), ...schedules].map(({ step }) => step);
  return { known, to, edits: steps.filter((step) => step <= to) };
}

/** A hand on time: every panel shows the run as it was at the step under it. What lies ahead stays known. */
function Scrubber() {
  const session = useSession();
  const { known, to, edits } = useSnapshot(session, placesOf, readable, "text");
  const step = useRun(session, (run) => run.step);
  // Where the hand is: the run follows as quickly as it can.
  const [draft, setDraft] = useState<number | null>(null);
  const shown = draft ?? step;
  const idle = useRun(session, ({ phase }) => phase === "starting" || phase === "failed");
  const share = (at: number) => `${(100 * at) / to}%`;
  return (
    <div className="scrubber" style={{ "--known": share(known), "--step": share(shown) } as CSSProperties}>
      <div className="scrubber-track" aria-hidden="true">
        {/* Keyed by where they stand: on a longer line they are other ticks, and nothing has moved. */}
        {edits.map((at) => (
          <i key={share(at)} style={{ left: share(at) }} />
        ))}
      </div>
      <input
        type="range"
        className="slider"
        aria-label="Step"
        aria-valuetext={`step ${shown} of ${known} measured`}
        data-tip="Goes back to any step of this run, and on again: every panel shows the run as it was."
        min={0}
        max={to}
        value={shown}
        disabled={idle || known === 0}
        onChange={(event) => {
          const wanted = Math.min(Number(event.target.value), known);
          setDraft(wanted);
          session.scrub(wanted).then(() => setDraft((now) => (now === wanted ? null : now)));
        }}
      />
      <output className="scrubber-ends" aria-hidden="true">
        <span>0</span>
        <span>{formatCount(to)}</span>
      </output>
    </div>
  );
}
