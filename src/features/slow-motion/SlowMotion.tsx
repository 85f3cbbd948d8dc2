import { useEffect } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Session } from "../../session/session";
import { type SlowMotion as State, slowPhases } from "../../session/slowMotion";
import { phaseLabels, slowCaption, slowFacts } from "./slowMotionText";

interface Props {
  readonly session: Session;
  readonly slowMotion: StoreApi<State>;
}

/** One step in phases: where it stands, a sentence with this step's numbers, and what moves it on. */
export function SlowMotion({ session, slowMotion }: Props) {
  const { phase, step, running, next, resume, pause, leave } = useStore(slowMotion);
  const picked = useStore(session.view, (view) => view.picked);
  const inspection = useStore(session.inspection, (state) => (phase ? state.inspection : null));
  const facts = phase && slowFacts(session.history(), session.store.getState().recipe, step, picked, inspection);

  useEffect(() => {
    if (!phase) return;
    // Where the page scrolls, what is lit comes into sight; reduced motion is the browser's to respect (auto).
    document.querySelector(`[data-phase~="${phase}"]`)?.scrollIntoView({ block: "nearest" });
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      leave();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [phase, leave]);

  // The live region stands from the start: a screen reader says what enters it.
  return (
    <section className={phase ? "slow-motion" : "visually-hidden"} aria-label="Slow motion">
      {phase && (
        <ol>
          {slowPhases.map((each) => (
            <li key={each} data-name={phaseLabels[each]} aria-current={each === phase ? "step" : undefined}>
              {phaseLabels[each]}
            </li>
          ))}
        </ol>
      )}
      <p aria-live="polite">{phase && facts && slowCaption(phase, facts)}</p>
      {phase && (
        <div>
          <button type="button" className="button" onClick={running ? pause : resume}>
            {running ? "Pause" : "Go on"}
          </button>
          <button type="button" className="button" data-tip="The next phase (n)" onClick={next}>
            {phase === "step" ? "Next step" : "Next"}
          </button>
          <button type="button" className="button" data-tip="Leave slow motion (Escape)" onClick={leave}>
            Leave
          </button>
        </div>
      )}
    </section>
  );
}
