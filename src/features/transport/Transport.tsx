import { ActionButton } from "../../actions/ActionButton";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { Icon } from "../../kit/ui/Icon";
import type { Phase } from "../../session/state";
import { SpeedMenu } from "./SpeedMenu";
import "./transport.css";

interface Props {
  /** Without slow motion and speed. */
  readonly brief?: boolean;
}

/** Playback controls: play or pause, one step forward or back, slow motion, speed. */
export function Transport({ brief = false }: Props) {
  const session = useSession();
  const phase = useRun(session, (run) => run.phase);
  const hasSteps = useRun(session, (run) => run.step > 0);
  const canPlay = phase === "paused" || phase === "playing";
  const playing = phase === "playing";
  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Playback</legend>
      <ActionButton action="play" name={playing ? "Pause" : "Play"} enabled={canPlay} className="primary">
        {/* Remounted when the state changes, so that the change counts as no layout shift. */}
        <Icon key={String(playing)} name={playing ? "pause" : "play"} />
        <span key={playing ? "Pause" : "Play"}>{playing ? "Pause" : "Play"}</span>
      </ActionButton>
      <ActionButton action="back" enabled={isUp(phase) && hasSteps}>
        <Icon name="back" />1
      </ActionButton>
      <ActionButton action="forward" enabled={canPlay}>
        1<Icon name="forward" />
      </ActionButton>
      {!brief && (
        <>
          <ActionButton action="slowMotion" enabled={canPlay}>
            Slow
          </ActionButton>
          <SpeedMenu />
        </>
      )}
    </fieldset>
  );
}

/** The two buttons that go to step 0. */
export function Restarts() {
  const session = useSession();
  const phase = useRun(session, (run) => run.phase);
  const hasSteps = useRun(session, (run) => run.step > 0);
  const edited = useRun(session, (run) => run.recipe.edits.length > 0);
  return (
    <>
      <ActionButton action="startOver" enabled={phase === "failed" || (isUp(phase) && (hasSteps || edited))}>
        Start over
      </ActionButton>
      <ActionButton action="reset" enabled={isUp(phase) && hasSteps}>
        Reset
      </ActionButton>
    </>
  );
}

const isUp = (phase: Phase): boolean => phase !== "starting" && phase !== "failed";
