import { ActionButton } from "../../actions/ActionButton";
import { Icon } from "../../kit/ui/Icon";
import { useRun } from "../../kit/ui/useRun";
import { useSession } from "../../kit/ui/useSession";
import type { Phase } from "../../session/state";
import { SpeedMenu } from "./SpeedMenu";
import "./transport.css";

interface Props {
  /** Only what moves the run: no slow motion, no speed. */
  readonly brief?: boolean;
}

/** Play and pause, single steps both ways, slow motion and the speed. */
export function Transport({ brief = false }: Props) {
  const session = useSession();
  const phase = useRun(session, (run) => run.phase);
  const begun = useRun(session, (run) => run.step > 0);
  const able = phase === "paused" || phase === "playing";
  const playing = phase === "playing";
  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Transport</legend>
      <ActionButton action="play" name={playing ? "Pause" : "Play"} enabled={able} className="primary">
        {/* Keyed: each takes the other's place, and moves nothing. */}
        <Icon key={String(playing)} name={playing ? "pause" : "play"} />
        <span key={playing ? "Pause" : "Play"}>{playing ? "Pause" : "Play"}</span>
      </ActionButton>
      <ActionButton action="back" enabled={isUp(phase) && begun}>
        <Icon name="back" />1
      </ActionButton>
      <ActionButton action="forward" enabled={able}>
        1<Icon name="forward" />
      </ActionButton>
      {!brief && (
        <>
          <ActionButton action="slowMotion" enabled={able}>
            Slow
          </ActionButton>
          <SpeedMenu />
        </>
      )}
    </fieldset>
  );
}

/** The two ways back to step 0. */
export function Restarts() {
  const session = useSession();
  const phase = useRun(session, (run) => run.phase);
  const begun = useRun(session, (run) => run.step > 0);
  const edited = useRun(session, (run) => run.recipe.edits.length > 0);
  return (
    <>
      <ActionButton action="startOver" enabled={phase === "failed" || (isUp(phase) && (begun || edited))}>
        Start over
      </ActionButton>
      <ActionButton action="reset" enabled={isUp(phase) && begun}>
        Reset
      </ActionButton>
    </>
  );
}

const isUp = (phase: Phase): boolean => phase !== "starting" && phase !== "failed";
