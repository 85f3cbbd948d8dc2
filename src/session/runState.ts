import { defaultRecipe } from "../core/recipe/controls";
import { type LiveSettings, type Recipe, settingsAt } from "../core/recipe/recipe";
import type { Sliders } from "./commands/sliders";
import type { Undo } from "./commands/undo";
import type { Player } from "./run/player";
import type { Run } from "./run/run";
import type { RunState } from "./state";

/** What the run's state is read from. */
export interface Parts {
  readonly run: Run;
  readonly player: Player;
  readonly sliders: Sliders;
  readonly undo: Undo;
  /** The worker has failed for good. */
  readonly dead: boolean;
  /** Something has been asked for that is not done. */
  readonly busy: boolean;
}

/** Before there is a run. */
export function stateBefore(speed: number): RunState {
  return {
    phase: "starting",
    recipe: defaultRecipe,
    case: null,
    fromFile: false,
    settings: settingsAt(defaultRecipe, 1),
    engine: null,
    step: 0,
    epoch: 0,
    stepsPerSecond: 0,
    speed,
    goal: null,
    divergedAt: null,
    known: 0,
    canUndo: false,
    canRedo: false,
    notices: [],
    historyVersion: 0,
  };
}

/** The state as it is now, for everyone to see; `before` is what they see still. */
export function stateNow(before: RunState, parts: Parts): Omit<RunState, "notices"> {
  const { run, player, undo, dead, busy } = parts;
  const recipe = run.loaded ? run.request.recipe : before.recipe;
  const { checkpoint } = run;
  return {
    phase: phaseOf(parts),
    recipe,
    case: run.loaded ? run.request.case : null,
    fromFile: run.loaded && (run.request.case !== null || recipe.dataset === "csv"),
    settings: settingsNow(before, recipe, parts),
    engine: run.report,
    step: run.step,
    epoch: checkpoint ? checkpoint.epoch + checkpoint.position / recipe.rows : 0,
    stepsPerSecond: player.playing || busy ? player.rate.perSecond(performance.now()) : 0,
    speed: player.speed,
    goal: player.goal,
    divergedAt: player.divergedAt,
    known: run.history.known,
    canUndo: undo.canUndo && run.loaded && !dead,
    canRedo: undo.canRedo && run.loaded && !dead,
    historyVersion: player.version,
  };
}

function phaseOf({ run, player, dead }: Parts): RunState["phase"] {
  if (dead) return "failed";
  if (!run.loaded) return "starting";
  if (player.playing) return "playing";
  return player.divergedAt === null ? "paused" : "diverged";
}

/** In force at the next step; the same object while nothing changes. */
function settingsNow(before: RunState, recipe: Recipe, { run, sliders }: Parts): LiveSettings {
  const [low, high] = [Math.min(run.step, before.step) + 1, Math.max(run.step, before.step) + 1];
  const passed = recipe !== before.recipe || recipe.edits.some(({ step }) => step > low && step <= high);
  const now = { ...(passed ? settingsAt(recipe, run.step + 1) : before.settings), ...sliders.moved };
  const keys = Object.keys(now) as (keyof LiveSettings)[];
  return keys.every((key) => now[key] === before.settings[key]) ? before.settings : now;
}
