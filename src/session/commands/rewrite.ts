import { commonSteps } from "../../core/recipe/difference";
import type { CommandParts } from "./commandParts";

/** Commands that replace the recipe of the run; a run that played plays on. */
export function createRewrite({ run, player, playback, exclusive, editHistory }: CommandParts) {
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
    /** Removes the last change; the run returns to the last step that both recipes have in common, unless the run is before that step. */
    undo: () => rewrite("undo"),
    /** Makes the last undone change again; the run returns as for `undo`. */
    redo: () => rewrite("redo"),
  };
}
