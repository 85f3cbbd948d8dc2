import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import type { ControlGroup } from "../../core/recipe/control";
import { controls } from "../../core/recipe/controls";
import { hasEffect, optimisers } from "../../core/recipe/optimisers";
import { ownTexts } from "../../core/recipe/optimiserText";
import { ControlRow } from "../../kit/fields/ControlRow";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { latePart } from "../../kit/ui/latePart";
import { DataNotes } from "./DataNotes";
import { networkSummary } from "./networkSummary";
import "./settings.css";

const table = Object.values(controls);

/** Loaded when a recorded run is opened. */
const RecordedNote = latePart(
  "The note on the recorded run",
  async () => (await import("./RecordedNote")).RecordedNote,
);

/** All settings, from the table of controls. The settings that restart the run are in a closed section with a summary. */
export function Controls() {
  const session = useSession();
  const recording = useRun(session, (run) => run.recording);
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const dataset = useRun(session, ({ recipe }) => recipe.dataset);
  const rule = useRun(session, ({ settings }) => settings.rule);
  const summary = useRun(session, (run) => networkSummary(run.recipe, run.file));

  const sceneControl = useStore(session.lesson, ({ scene }) => scene?.control ?? null);
  const networkSection = useRef<HTMLDetailsElement>(null);

  // Scrolls to the scene's control where the settings have their own scroll bar; the whole page does not scroll by itself.
  useEffect(() => {
    if (!sceneControl) return;
    if (networkSection.current && controls[sceneControl].group === "network") networkSection.current.open = true;
    if (!matchMedia("(min-width: 1301px)").matches) return;
    document.querySelector(".control.in-scene")?.scrollIntoView({ block: "nearest" });
  }, [sceneControl]);

  function rowsOf(group: ControlGroup) {
    return table
      .filter(({ key }) => !recording || key in recording.settings)
      .filter((control) => control.group === group && hasEffect(control.key, { optimiser, rule, dataset }))
      .map((control) => (
        <ControlRow key={control.key} control={{ ...control, ...ownTexts[optimiser]?.[control.key] }}>
          {control.key === "lr" && (
            <ActionButton action="schedule" className="small">
              Schedule
            </ActionButton>
          )}
        </ControlRow>
      ));
  }

  if (recording)
    return (
      <aside className="controls" aria-label="Settings">
        <RecordedNote recording={recording} />
        <fieldset className="card" disabled>
          <legend className="visually-hidden">Recorded settings</legend>
          {rowsOf("step")}
          {rowsOf("batch")}
        </fieldset>
      </aside>
    );
  return (
    <aside className="controls" aria-label="Settings">
      <section className="card" aria-labelledby="group-step">
        <h2 id="group-step" className="visually-hidden">
          {optimisers[optimiser].label}
        </h2>
        {rowsOf("step")}
      </section>
      <section className="card" aria-labelledby="group-batch" data-phase="batch">
        <h2 id="group-batch">Batch</h2>
        {rowsOf("batch")}
      </section>
      <details ref={networkSection} className="card network">
        <summary>
          <h2>
            Network and data <small>restarts the run</small>
          </h2>
          <p>{summary}</p>
        </summary>
        {rowsOf("network")}
        <DataNotes />
      </details>
    </aside>
  );
}
