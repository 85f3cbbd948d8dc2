import { ActionButton } from "../../actions/ActionButton";
import { actions, type Page } from "../../actions/actions";
import { Icon } from "../../kit/ui/Icon";
import { useRun } from "../../kit/ui/useRun";
import type { Phase } from "../../session/state";
import { SpeedMenu } from "./SpeedMenu";

interface Props {
  readonly page: Page;
  /** Only what moves the run: no slow motion, no speed. */
  readonly brief?: boolean;
}

/** Play and pause, single steps both ways, slow motion and the speed. */
export function Transport({ page, brief = false }: Props) {
  const phase = useRun(page.session, (run) => run.phase);
  const begun = useRun(page.session, (run) => run.step > 0);
  const able = phase === "paused" || phase === "playing";
  const playing = phase === "playing";
  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Transport</legend>
      <ActionButton
        page={page}
        action={actions.play}
        name={playing ? "Pause" : "Play"}
        enabled={able}
        className="primary"
      >
        {/* Keyed: each takes the other's place, and moves nothing. */}
        <Icon key={String(playing)} name={playing ? "pause" : "play"} />
        <span key={playing ? "Pause" : "Play"}>{playing ? "Pause" : "Play"}</span>
      </ActionButton>
      <ActionButton page={page} action={actions.back} enabled={isUp(phase) && begun}>
        <Icon name="back" />1
      </ActionButton>
      <ActionButton page={page} action={actions.forward} enabled={able}>
        1<Icon name="forward" />
      </ActionButton>
      {!brief && (
        <>
          <ActionButton page={page} action={actions.slowMotion} enabled={able}>
            Slow
          </ActionButton>
          <SpeedMenu session={page.session} />
        </>
      )}
    </fieldset>
  );
}

/** The two ways back to step 0. */
export function Restarts({ page }: { readonly page: Page }) {
  const phase = useRun(page.session, (run) => run.phase);
  const begun = useRun(page.session, (run) => run.step > 0);
  const edited = useRun(page.session, (run) => run.recipe.edits.length > 0);
  return (
    <>
      <ActionButton
        page={page}
        action={actions.startOver}
        enabled={phase === "failed" || (isUp(phase) && (begun || edited))}
      >
        Start over
      </ActionButton>
      <ActionButton page={page} action={actions.reset} enabled={isUp(phase) && begun}>
        Reset
      </ActionButton>
    </>
  );
}

const isUp = (phase: Phase): boolean => phase !== "starting" && phase !== "failed";
