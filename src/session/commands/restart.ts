import { withSettings } from "../../core/data/fixed";
import type { Table } from "../../core/data/table";
import { InputError } from "../../core/errors";
import { defaultRecipe, settingKeys } from "../../core/recipe/controls";
import { parseRecipe } from "../../core/recipe/parseRecipe";
import type { Recipe } from "../../core/recipe/recipe";
import { foldEdits } from "../../core/recipe/withEdit";
import { keepTable } from "../storage/notStored";
import type { CommandParts } from "./commandParts";
import { recipeFrom, settingsFrom } from "./input";
import type { Load } from "./load";

/** Commands that begin the run again at step 0 with the current settings. */
export function createRestart({ run, notify, tables }: CommandParts, load: Load) {
  /** The recipe with its edits so far folded into the base settings. */
  const folded = (): Recipe => foldEdits(run.request.recipe, run.step + 1);
  /**
   * The recipe to begin again with other data or another network. At step 0 the edits are only planned (a schedule), and stay.
   * A recorded run has no recipe.
   */
  const current = (): Recipe => (run.recording ? defaultRecipe : run.step === 0 ? run.request.recipe : folded());

  return {
    /** Step 0 with the current settings; paused. */
    startOver: () => load(() => ({ ...run.request, recipe: folded() })),

    /**
     * Step 0 with other settings, also of the data or the network; plays on.
     *
     * @throws InputError where a setting is refused
     */
    async restart(input: unknown): Promise<void> {
      const settings = settingsFrom(input);
      await load(() => {
        const { recipe, errors } = parseRecipe(withSettings(current(), settings));
        // Other settings may be adjusted to fit; these settings may not.
        const refused = settingKeys.some((key) => key in settings && String(recipe[key]) !== String(settings[key]));
        if (refused) throw new InputError(errors.join("; "));
        for (const error of errors) notify("info", error);
        const { recipe: previous, table = null } = run.request;
        // The table of a run file exists only in the run.
        return { recipe, case: null, table: recipe.dataset === previous.dataset ? table : null };
      }, "playOn");
    },

    /** Step 0 with the current settings on the user's own table, which is kept in this browser; plays on. */
    async trainOn(table: Table): Promise<void> {
      const recipe = () => recipeFrom(withSettings({ ...current(), dataset: "noise" }, { dataset: "csv" }));
      await load(() => ({ recipe: recipe(), case: null, table }), "playOn");
      void keepTable(tables, table, notify);
    },
  };
}
