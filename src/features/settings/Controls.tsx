import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import type { ControlGroup } from "../../core/recipe/control";
import { controls } from "../../core/recipe/controls";
import { hasEffect, optimisers } from "../../core/recipe/optimisers";
import { ControlRow } from "../../kit/fields/ControlRow";
import { useRun } from "../../kit/ui/useRun";
import { useSession } from "../../kit/ui/useSession";
import { DataNotes } from "./DataNotes";
import { networkSummary } from "./networkSummary";
import "./settings.css";

const table = Object.values(controls);

/** Every setting, from the one table. What restarts the run is folded away behind a line that says what is trained. */
export function Controls() {
  const session = useSession();
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const rule = useRun(session, ({ settings }) => settings.rule);
  const summary = useRun(session, (run) => networkSummary(run.recipe));

  const called = useStore(session.lesson, ({ scene }) => scene?.control ?? null);
  const folded = useRef<HTMLDetailsElement>(null);

  // A scene's control comes into sight where the settings scroll by themselves; a page is not scrolled under its reader.
  useEffect(() => {
    if (!called) return;
    if (folded.current && controls[called].group === "network") folded.current.open = true;
    if (!matchMedia("(min-width: 1301px)").matches) return;
    document.querySelector(".control.called")?.scrollIntoView({ block: "nearest" });
  }, [called]);

  function rows(group: ControlGroup) {
    return table
      .filter((control) => control.group === group && hasEffect(control.key, { optimiser, rule }))
      .map((control) => (
        <ControlRow key={control.key} control={control}>
          {control.key === "lr" && (
            <ActionButton action="schedule" className="small">
              Schedule
            </ActionButton>
          )}
        </ControlRow>
      ));
  }

  return (
    <aside className="controls" aria-label="Settings">
      <section className="card" aria-labelledby="group-step">
        <h2 id="group-step" className="visually-hidden">
          {optimisers[optimiser].label}
        </h2>
        {rows("step")}
      </section>
      <section className="card" aria-labelledby="group-batch" data-phase="batch">
        <h2 id="group-batch">Batch</h2>
        {rows("batch")}
      </section>
      <details ref={folded} className="card network">
        <summary>
          <h2>
            Network and data <small>restarts the run</small>
          </h2>
          <p>{summary}</p>
        </summary>
        {rows("network")}
        <DataNotes />
      </details>
    </aside>
  );
}
