import { withSettings } from "../core/data/fixed";
import { InputError, messageOf } from "../core/errors";
import { defaultRecipe } from "../core/recipe/controls";
import { commonSteps } from "../core/recipe/difference";
import { parseLink } from "../core/recipe/link";
import { settingsAt } from "../core/recipe/recipe";
import { recipeFrom } from "./commands/input";
import type { Lessons } from "./lesson/lessonState";
import type { SessionParts } from "./parts";
import type { Keeper, Kept, RunData } from "./storage/keeper";
import { keepRun } from "./storage/keepRun";
import { type Address, keepAddress } from "./view/address";
import type { View } from "./view/viewParameters";

export interface BootOptions {
  readonly view: View;
  readonly address: Address;
  /** null where the run is not kept. */
  readonly keeper: Keeper | null;
  readonly lessons: Pick<Lessons, "begin">;
}

/**
 * Opens the run of the page's address, and then the lesson that the address names, or the offer to resume the last run.
 * Later changes of the address are opened too.
 *
 * @returns resolves when the run of the address is loaded; rejects with the reason where no run can be trained
 */
export function boot(parts: SessionParts, { view, address, keeper, lessons }: BootOptions): Promise<void> {
  const { store, run, commands, comparedRuns, notify, dismiss } = parts;
  /** A lesson is named and has not begun: its first scene replaces the run of the link. */
  let lessonPending = !view.embed && (view.lesson ?? view.part ?? view.scene) !== null;
  /** Faults of the link while a lesson is pending: shown only if the lesson does not begin. */
  const heldBack: string[] = [];

  /**
   * Loads the run of a link and plays it. Faults become notices, and the rest of the link is used.
   * @param own the data of the link's run; absent for a link alone
   */
  async function open(hash: string, own?: Promise<RunData | null>): Promise<void> {
    const link = parseLink(hash);
    for (const error of link.errors) notify("error", error);
    // The page shows the recipe while the run loads.
    if (!run.loaded) store.setState({ recipe: link.recipe, settings: settingsAt(link.recipe, 1) });
    const after = view.paused || lessonPending ? "pause" : "play";
    try {
      await commands.loadOrNotify(async () => ({ case: null, ...(await own), recipe: link.recipe }), after);
    } catch (error) {
      if (run.loaded || !(error instanceof InputError)) throw error;
      if (lessonPending) heldBack.push(error.message);
      else notify("error", error.message);
      const recipe = recipeFrom(withSettings(link.recipe, { dataset: defaultRecipe.dataset }));
      await commands.loadOrNotify(() => ({ recipe, case: null }), after);
    }
  }

  function reportLost(error: unknown): null {
    notify("error", messageOf(error));
    return null;
  }

  async function beginLesson(ready: Promise<void>): Promise<void> {
    const begun = await ready.then(lessons.begin, () => false);
    lessonPending = false;
    if (begun) return;
    for (const fault of heldBack) notify("error", fault);
    if (run.loaded && !view.paused) commands.play();
  }

  const hash = address.hash();
  const named = parseLink(hash).recipe;
  const own = keeper ? keeper.own().catch(reportLost) : Promise.resolve(null);
  const ready = open(
    hash,
    own.then((kept) => (kept && commonSteps(named, kept.recipe) > 0 ? dataIn(kept) : null)),
  );
  ready.catch(() => {}); // a notice has reported the error
  address.onChange((changed) => open(changed).catch(() => {}));
  keepAddress(address, store);
  if (lessonPending) void beginLesson(ready);
  else if (keeper) {
    void keepRun({
      store,
      keeper,
      own,
      named: hash === "" ? null : named,
      request: () => run.request,
      comparedRuns,
      resume(kept) {
        for (const reason of kept.lost ?? []) notify("error", reason);
        return commands
          .loadOrNotify(() => ({ ...dataIn(kept), recipe: kept.recipe }))
          .then(
            () => {
              if (kept.step > 0) commands.play({ to: kept.step });
            },
            () => {}, // a notice has reported the error
          );
      },
      notify: (text, options) => notify("info", text, options),
      dismiss,
    });
  }
  return ready;
}

const dataIn = ({ case: from, table }: Kept): RunData => ({ case: from, table });
