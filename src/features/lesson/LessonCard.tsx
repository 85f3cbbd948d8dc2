import { useEffect } from "react";
import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import { actionFor } from "../../actions/keys";
import { usePage } from "../../actions/PageProvider";
import { controls } from "../../core/recipe/controls";
import { hasEffect } from "../../core/recipe/optimisers";
import type { Settings } from "../../core/recipe/recipe";
import { ControlRow } from "../../kit/fields/ControlRow";
import { csvFiles, FileButton } from "../../kit/ui/FileButton";
import { Icon } from "../../kit/ui/Icon";
import { useRun } from "../../kit/ui/useRun";
import { LateDirection } from "./LateDirection";

interface Props {
  /** While presenting the settings are not in sight: the one to move comes with the scene. */
  readonly presenting?: boolean;
}

/** The scene that is shown: its few sentences, the question to the room, the control to move, and the way on. */
export function LessonCard({ presenting = false }: Props) {
  const { session, openFiles } = usePage().page;
  const { lesson, scene, at, lack, go } = useStore(session.lesson);
  useSceneKeys(scene !== null);
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const rule = useRun(session, ({ settings }) => settings.rule);
  const does = (key: keyof Settings) => hasEffect(key, { optimiser, rule });
  if (!lesson || !scene) return null;
  const control = scene.control && !lack && does(scene.control) && controls[scene.control];
  return (
    <section className="card lesson" aria-label="Lesson">
      <ActionButton action="lecture" name="Leave the lesson" className="leave">
        <Icon name="remove" />
      </ActionButton>
      <div className="lesson-words" aria-live="polite">
        <p className="lesson-place">
          {lesson.title} · {at + 1} of {lesson.scenes.length}
        </p>
        <h2>{scene.title}</h2>
        <p>{scene.text}</p>
        {scene.question !== "" && <p className="question">{scene.question}</p>}
        {lack && <p className="lack">{lack} Drop it here, or open it:</p>}
      </div>
      {control && presenting && <ControlRow control={control} />}
      {scene.view.panel === "lateDirection" && <LateDirection session={session} />}
      {lack && (
        <FileButton className="button primary missing" accept={csvFiles} label="CSV file" onFiles={openFiles}>
          Open {lesson.csv?.file ?? "a CSV"}…
        </FileButton>
      )}
      <div className="lesson-moves">
        <ActionButton action="previousScene" enabled={at > 0} className="square">
          <Icon name="back" />
        </ActionButton>
        <ActionButton action="nextScene" enabled={at + 1 < lesson.scenes.length} className="primary">
          Next
          <Icon name="forward" />
        </ActionButton>
        {control && !presenting && (
          <button
            type="button"
            className="button to-control"
            data-tip="The setting to move in this scene: takes you to it."
            onClick={() => toControl(control.key)}
          >
            Move {control.symbol || control.label}
          </button>
        )}
        <button type="button" className="button" data-tip="This scene from its beginning." onClick={() => go(at)}>
          Again
        </button>
      </div>
    </section>
  );
}

function toControl(key: string): void {
  const control = document.getElementById(`control-${key}`);
  control?.closest(".control")?.scrollIntoView({ block: "nearest" });
  const slider = control?.closest(".control")?.querySelector<HTMLElement>("[type=range]");
  (slider ?? control)?.focus();
}

/**
 * A clicker's keys turn the scenes, whatever has the focus: a slider that was just moved would take them for its own.
 * Heard on the way down, before it hears them.
 */
function useSceneKeys(teaching: boolean): void {
  const { page, actions } = usePage();
  useEffect(() => {
    if (!teaching) return;
    function onKeyDown(event: KeyboardEvent): void {
      const action = actionFor(event, actions);
      if (action !== actions.nextScene && action !== actions.previousScene) return;
      event.preventDefault();
      event.stopPropagation();
      action.run(page);
    }
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [page, actions, teaching]);
}
