import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { useInspection } from "../../kit/hooks/useInspection";
import { latePart } from "../../kit/ui/latePart";
import type { Session } from "../../session/session";
import { type SlowPhase, type SlowMotion as State, slowPhases } from "../../session/slowMotion";
import "./slowMotion.css";

/** Loaded when slow motion first starts. */
const PhaseCaption = latePart("Slow motion", async () => (await import("./PhaseCaption")).PhaseCaption);

const phaseLabels: Readonly<Record<SlowPhase, string>> = {
  batch: "Batch",
  gradient: "Gradient",
  moments: "Moments",
  direction: "Direction",
  curvature: "Curvature",
  alphaStar: "α*",
  step: "Step",
};

interface Props {
  readonly session: Session;
  readonly slowMotion: StoreApi<State>;
}

/** One step in phases: the list of phases, a sentence with the step's numbers, and buttons for the next phase. */
export function SlowMotion({ session, slowMotion }: Props) {
  const { phase, step, running, next, resume, pause, leave } = useStore(slowMotion);
  const panel = useRef<HTMLElement>(null);
  useInspection(panel, session, phase !== null);

  useEffect(() => {
    if (!phase) return;
    // `behavior` stays auto, so that the browser respects reduced motion.
    document.querySelector(`[data-phase~="${phase}"]`)?.scrollIntoView({ block: "nearest" });
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      leave();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [phase, leave]);

  // The live region exists from the start: screen readers announce only what changes inside an existing region.
  return (
    <section ref={panel} className={phase ? "slow-motion" : "visually-hidden"} aria-label="Slow motion">
      {phase && (
        <ol>
          {slowPhases.map((each) => (
            <li key={each} data-name={phaseLabels[each]} aria-current={each === phase ? "step" : undefined}>
              {phaseLabels[each]}
            </li>
          ))}
        </ol>
      )}
      <p aria-live="polite">{phase && <PhaseCaption session={session} phase={phase} step={step} />}</p>
      {phase && (
        <div>
          <button type="button" className="button" onClick={running ? pause : resume}>
            {running ? "Pause" : "Resume"}
          </button>
          <button type="button" className="button" data-tip="Shows the next phase (n)." onClick={next}>
            {phase === "step" ? "Next step" : "Next"}
          </button>
          <button type="button" className="button" data-tip="Exits slow motion (Escape)." onClick={leave}>
            Exit
          </button>
        </div>
      )}
    </section>
  );
}
