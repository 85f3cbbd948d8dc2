import { commonSteps } from "../../core/recipe/difference";
import type { Piece } from "../../core/schedule/piecewise";
import { withSchedule } from "../../core/schedule/withSchedule";
import type { CommandParts } from "./commandParts";
import { recordChange } from "./edits";

/** Commands that replace the recipe of the run; a run that played plays on. */
export function createRewrite(parts: CommandParts) {
  const { run, player, playback, exclusive, editHistory } = parts;

  async function keepingPlayback(act: () => Promise<void>): Promise<void> {
    const target = playback.target;
    const done = exclusive.runIdle(act);
    if (target) playback.play(() => target);
    await done;
  }

  async function rewrite(direction: "undo" | "redo"): Promise<void> {
    const available = direction === "undo" ? editHistory.canUndo : editHistory.canRedo;
    // A pending command may still add an edit.
    if (!available && !playback.busy) return;
    await keepingPlayback(async () => {
      const { recipe } = run.request;
      const other = editHistory[direction](recipe);
      if (!other) return;
      try {
        const alike = commonSteps(recipe, other);
        if (run.step > alike) await player.goTo(alike);
        await run.revise(other);
      } catch (error) {
        editHistory[direction === "undo" ? "redo" : "undo"](other);
        throw error;
      }
    });
  }

  return {
    /** Sets the learning rate of the steps after the present step; undone as one change. */
    schedule: (pieces: readonly Piece[]) =>
      keepingPlayback(() =>
        recordChange(parts, pieces.length, () =>
          run.revise(withSchedule(run.request.recipe, run.step, pieces, run.history.measuredSteps)),
        ),
      ),
    /** Removes the last change; the run returns to the last step that both recipes have in common, unless the run is before that step. */
    undo: () => rewrite("undo"),
    /** Makes the last undone change again; the run returns as for `undo`. */
    redo: () => rewrite("redo"),
  };
}
