import { useEffect } from "react";
import { useStore } from "zustand";
import { ActionButton } from "../../actions/ActionButton";
import { actionFor } from "../../actions/keys";
import { usePage } from "../../actions/PageProvider";
import type { ExperimentForm } from "../../core/experiment/experimentForm";
import { controls } from "../../core/recipe/controls";
import { hasEffect } from "../../core/recipe/optimisers";
import type { Settings } from "../../core/recipe/recipe";
import { ControlRow } from "../../kit/fields/ControlRow";
import { useRun } from "../../kit/hooks/useRun";
import { csvFiles, FileButton } from "../../kit/ui/FileButton";
import { Icon } from "../../kit/ui/Icon";
import { LateDirection } from "./LateDirection";
import { SceneMenu } from "./SceneMenu";
import "./lesson.css";

interface Props {
  /** In presentation mode the settings are hidden, so the card contains the control of the scene. */
  readonly presenting?: boolean;
}

/** The current scene: its text, its question, its control, and the buttons to other scenes. */
export function LessonCard({ presenting = false }: Props) {
  const { session, openFiles, openExperiments } = usePage().page;
  const { lesson, scene, at, lack, go } = useStore(session.lesson);
  useSceneKeys(scene !== null);
  const recipe = useRun(session, (run) => run.recipe);
  const rule = useRun(session, ({ settings }) => settings.rule);
  const isUsed = (key: keyof Settings) => hasEffect(key, { ...recipe, rule });
  if (!lesson || !scene) return null;
  const control = scene.control && !lack && isUsed(scene.control) && controls[scene.control];
  return (
    <section className="card lesson" aria-label="Lesson">
      <ActionButton action="lecture" name="Close the lesson" className="leave">
        <Icon name="remove" />
      </ActionButton>
      <div className="lesson-words" aria-live="polite">
        <div className="lesson-place">
          {lesson.title} <SceneMenu lesson={lesson} at={at} go={go} />
        </div>
        <h2>{scene.title}</h2>
        <p>{scene.text}</p>
        {scene.question !== "" && <p className="question">{scene.question}</p>}
        {lack && <p className="lack">{lack} Drop the file here, or open it:</p>}
      </div>
      {control && presenting && <ControlRow control={control} />}
      {scene.view.panel === "lateDirection" && <LateDirection session={session} />}
      {lack && (
        <FileButton className="button primary missing" accept={csvFiles} label="CSV file" onFiles={openFiles}>
          Open {lesson.csv?.file ?? "a CSV file"}
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
            data-tip="Goes to the setting of this scene."
            onClick={() => goToControl(control.key)}
          >
            Go to {control.symbol || control.label}
          </button>
        )}
        {scene.experiment && !lack && <ExperimentButton experiment={scene.experiment} open={openExperiments} />}
        <button type="button" className="button" data-tip="Restarts this scene." onClick={() => go(at)}>
          Restart
        </button>
        {presenting && <SceneMenu lesson={lesson} at={at} go={go} />}
      </div>
    </section>
  );
}

interface ExperimentProps {
  readonly experiment: ExperimentForm;
  readonly open: (form: ExperimentForm) => void;
}

function ExperimentButton({ experiment, open }: ExperimentProps) {
  return (
    <button
      type="button"
      className="button"
      data-tip="Opens the dialog of this experiment. The experiment starts in the dialog."
      onClick={() => open(experiment)}
    >
      {"range" in experiment ? "Range test" : "Sweep"}
    </button>
  );
}

function goToControl(key: string): void {
  const control = document.getElementById(`control-${key}`);
  control?.closest(".control")?.scrollIntoView({ block: "nearest" });
  const slider = control?.closest(".control")?.querySelector<HTMLElement>("[type=range]");
  (slider ?? control)?.focus();
}

/**
 * Page up and page down (the keys of a clicker) change the scene. The listener runs in the capture phase, because a focused
 * slider would use these keys itself.
 */
function useSceneKeys(active: boolean): void {
  const { page, actions } = usePage();
  useEffect(() => {
    if (!active) return;
    function onKeyDown(event: KeyboardEvent): void {
      const action = actionFor(event, actions)?.action;
      if (!action || (action !== actions.nextScene && action !== actions.previousScene)) return;
      event.preventDefault();
      event.stopPropagation();
      action.run(page);
    }
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [page, actions, active]);
}
