import type { Recipe } from "../../core/recipe/recipe";

/** Edits that can be taken back at most: each is remembered as the whole recipe before it. */
const most = 100;

/** The recipes that a run's edits led through, so that they can be taken back, and made again. */
export class Undo {
  #before: Recipe[] = [];
  #after: Recipe[] = [];

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#after.length > 0;
  }

  /** An edit has been made to `recipe`: what had been taken back is gone. */
  record(recipe: Recipe): void {
    this.#before.push(recipe);
    this.#before.splice(0, this.#before.length - most);
    this.#after = [];
  }

  /** The recipe before the last edit, `now` being the present one; null where there is none. */
  undo(now: Recipe): Recipe | null {
    const recipe = this.#before.pop() ?? null;
    if (recipe) this.#after.push(now);
    return recipe;
  }

  /** The recipe before the last undo; null where there is none. */
  redo(now: Recipe): Recipe | null {
    const recipe = this.#after.pop() ?? null;
    if (recipe) this.#before.push(now);
    return recipe;
  }

  /** Another run. */
  clear(): void {
    this.#before = [];
    this.#after = [];
  }
}
