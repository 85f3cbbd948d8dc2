import {
  afterEdit,
  type Edit,
  type InForce,
  inForceAt,
  type LiveSettings,
  type Recipe,
  settingsOf,
} from "../core/recipe/recipe";

/** The settings in force at the steps of a recipe, for steps in order: an edit costs a comparison per step. */
export class SettingsCursor {
  private current: InForce;
  private edits: readonly Edit[] = [];
  /** The index of the first edit that is not yet in force, and its step; infinite where there is none. */
  private nextEdit = 0;
  private nextEditStep = Number.POSITIVE_INFINITY;

  constructor(recipe: Recipe) {
    this.current = inForceAt(recipe, 0);
    this.moveTo(0, recipe);
  }

  /** The settings at any step, from the recipe. */
  moveTo(step: number, recipe: Recipe): LiveSettings {
    this.edits = recipe.edits;
    const index = this.edits.findIndex((edit) => edit.step > step);
    this.nextEdit = index < 0 ? this.edits.length : index;
    this.updateNextEditStep();
    this.current = inForceAt(recipe, step);
    return settingsOf(this.current, step);
  }

  /** The settings at the step after the last step. */
  advanceTo(step: number): LiveSettings {
    if (step === this.nextEditStep) {
      this.current = afterEdit(this.current, this.edits[this.nextEdit++] as Edit);
      this.updateNextEditStep();
    }
    return settingsOf(this.current, step);
  }

  private updateNextEditStep(): void {
    this.nextEditStep = this.edits[this.nextEdit]?.step ?? Number.POSITIVE_INFINITY;
  }
}
