import type { ReactNode } from "react";
import { type Action, actions, type Page, titleOf } from "./actions";
import { Icon } from "./Icon";
import { SpeedMenu } from "./SpeedMenu";
import { useRun } from "./useRun";

/** Play and pause, single steps both ways, the speed, and the two ways back to step 0. */
export function Transport({ page }: { readonly page: Page }) {
  const phase = useRun(page.session, (run) => run.phase);
  const begun = useRun(page.session, (run) => run.step > 0);
  const edited = useRun(page.session, (run) => run.recipe.edits.length > 0);
  const able = phase === "paused" || phase === "playing";
  const playing = phase === "playing";
  const up = phase !== "starting" && phase !== "failed";

  function button(action: Action, content: ReactNode, enabled: boolean, className = "") {
    const name = action === actions.play ? (playing ? "Pause" : "Play") : action.label;
    return (
      <button
        type="button"
        className={`button ${className}`}
        title={titleOf(action)}
        aria-label={name}
        disabled={!enabled}
        onClick={() => action.run(page)}
      >
        {content}
      </button>
    );
  }

  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Transport</legend>
      {button(
        actions.play,
        <>
          <Icon name={playing ? "pause" : "play"} />
          <span className="play-word">{playing ? "Pause" : "Play"}</span>
        </>,
        able,
        "primary",
      )}
      {button(
        actions.back,
        <>
          <Icon name="back" />1
        </>,
        up && begun,
      )}
      {button(
        actions.forward,
        <>
          1<Icon name="forward" />
        </>,
        able,
      )}
      {button(actions.slowMotion, "Slow", able)}
      <SpeedMenu session={page.session} />
      {button(actions.startOver, "Start over", phase === "failed" || (up && (begun || edited)))}
      {button(actions.reset, "Reset", up && begun)}
    </fieldset>
  );
}
