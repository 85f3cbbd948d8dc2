import { type CSSProperties, useRef, useState } from "react";
import { ActionButton } from "../../actions/ActionButton";
import { RangeInput } from "../../kit/fields/RangeInput";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import { formatCount } from "../../kit/text/format";
import { longestRun } from "../../kit/timechart/drawnRuns";
import { mergeNearby } from "../../kit/timechart/edits";
import { extentFor } from "../../kit/timechart/zoom";
import { Icon } from "../../kit/ui/Icon";
import type { Session } from "../../session/session";
import { GoTo } from "./GoTo";
import { Restarts } from "./Transport";
import "./transport.css";

/** Start over, reset, undo, redo and pin; the slider of the steps; the choice of a step or epoch. */
export function Timeline() {
  const session = useSession();
  const canUndo = useRun(session, (run) => run.canUndo);
  const canRedo = useRun(session, (run) => run.canRedo);
  return (
    <section className="timeline" aria-label="Timeline">
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

/** Shortest time between updates, in ms. */
const updateInterval = 100;

function extentOf(session: Session) {
  const { measuredSteps, recipe } = session.store.getState();
  const { to } = extentFor(longestRun(session));
  const steps = mergeNearby(recipe.edits, to / 200).map(({ step }) => step);
  return { measuredSteps, to, edits: steps.filter((step) => step <= to) };
}

/** The slider of the steps: all panels show the run at its step. Steps after that step stay measured. */
function Scrubber() {
  const session = useSession();
  const { measuredSteps, to, edits } = useSnapshot(session, extentOf, updateInterval, "text");
  const step = useRun(session, (run) => run.step);
  // The position during a drag; the run follows as fast as it can.
  const [draft, setDraft] = useState<number | null>(null);
  const shown = draft ?? step;
  const disabled = useRun(session, ({ phase }) => phase === "starting" || phase === "failed");
  /** The step before a drag. */
  const before = useRef<number | null>(null);
  function scrubTo(target: number): void {
    setDraft(target);
    session.scrub(target).then(() => setDraft((current) => (current === target ? null : current)));
  }
  const share = (at: number) => `${(100 * at) / to}%`;
  return (
    <div className="scrubber" style={{ "--known": share(measuredSteps), "--step": share(shown) } as CSSProperties}>
      <div className="scrubber-track" aria-hidden="true">
        {/* Keyed by position, so that a longer timeline makes new ticks instead of a layout shift. */}
        {edits.map((at) => (
          <i key={share(at)} style={{ left: share(at) }} />
        ))}
      </div>
      <RangeInput
        className="slider"
        aria-label="Step"
        aria-valuetext={`step ${shown} of ${measuredSteps} measured steps`}
        data-tip="Goes to any measured step of this run; all panels show that step."
        min={0}
        max={to}
        value={shown}
        disabled={disabled || measuredSteps === 0}
        onMove={(position) => {
          before.current ??= step;
          scrubTo(Math.min(position, measuredSteps));
        }}
        onEnd={() => {
          before.current = null;
        }}
        onCancel={() => {
          if (before.current !== null) scrubTo(before.current);
          before.current = null;
        }}
      />
      <output className="scrubber-ends" aria-hidden="true">
        <span>0</span>
        <span>{formatCount(to)}</span>
      </output>
    </div>
  );
}
