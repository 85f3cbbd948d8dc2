import type { Recipe } from "../../core/recipe/recipe";

/** Number of edits that can be undone; each is kept as the whole recipe before it. */
const maxUndo = 100;

/** The recipes before each edit of a run, for undo and redo. */
export class EditHistory {
  #before: Recipe[] = [];
  #after: Recipe[] = [];

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#after.length > 0;
  }

  /** Records an edit of `recipe`. Undone edits can no longer be redone. */
  record(recipe: Recipe): void {
    this.#before.push(recipe);
    this.#before.splice(0, this.#before.length - maxUndo);
    this.#after = [];
  }

  /** @param current the present recipe; @returns the recipe before the last edit; null where there is none */
  undo(current: Recipe): Recipe | null {
    const recipe = this.#before.pop() ?? null;
    if (recipe) this.#after.push(current);
    return recipe;
  }

  /** @param current the present recipe; @returns the recipe before the last undo; null where there is none */
  redo(current: Recipe): Recipe | null {
    const recipe = this.#after.pop() ?? null;
    if (recipe) this.#before.push(current);
    return recipe;
  }

  clear(): void {
    this.#before = [];
    this.#after = [];
  }
}
