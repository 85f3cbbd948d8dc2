import { defaultRecipe } from "../core/recipe/controls";
import { type LiveSettings, type Recipe, settingsAt } from "../core/recipe/recipe";
import type { LoadRequest } from "../worker/api";
import type { Commands } from "./commands/commands";
import { defaultSpeed } from "./run/loop";
import type { Player } from "./run/player";
import type { Run } from "./run/run";
import type { RunState } from "./state";

/** The parts of the session that the state is read from. */
export interface StateSource {
  readonly run: Run;
  readonly player: Player;
  readonly commands: Pick<Commands, "sliders" | "editHistory" | "playback">;
}

/** The state before a run is loaded. */
export const startingState: RunState = {
  phase: "starting",
  recipe: defaultRecipe,
  case: null,
  file: null,
  recording: null,
  settings: settingsAt(defaultRecipe, 1),
  engine: null,
  step: 0,
  epoch: 0,
  stepsPerSecond: 0,
  speed: defaultSpeed,
  goal: null,
  stopWhen: null,
  divergedAt: null,
  measuredSteps: 0,
  canUndo: false,
  canRedo: false,
  notices: [],
  historyVersion: 0,
};

/** The present state. @param previous the state shown so far */
export function snapshotOf(source: StateSource, previous: RunState): Omit<RunState, "notices"> {
  const { run, player, commands } = source;
  const { editHistory, playback } = commands;
  const recipe = run.loaded ? run.request.recipe : previous.recipe;
  const { checkpoint } = run;
  return {
    phase: phaseOf(source),
    recipe,
    case: run.loaded ? run.request.case : null,
    file: run.loaded ? fileOf(run.request) : null,
    recording: run.recording,
    settings: settingsOf(source, previous, recipe),
    engine: run.report,
    step: run.step,
    epoch: checkpoint ? checkpoint.epoch + checkpoint.position / recipe.rows : 0,
    stepsPerSecond: player.playing || playback.busy ? player.rate.perSecond(performance.now()) : 0,
    speed: player.speed,
    goal: player.goal,
    stopWhen: player.stopWhen,
    divergedAt: player.divergedAt,
    measuredSteps: run.history.measuredSteps,
    canUndo: editHistory.canUndo && run.loaded && !playback.failed,
    canRedo: editHistory.canRedo && run.loaded && !playback.failed,
    historyVersion: player.version,
  };
}

function fileOf({ recipe, case: from, table, recording }: LoadRequest): string | null {
  if (recording) return `recorded run “${recording.name}”`;
  if (recipe.dataset === "csv" && table?.target) return table.name;
  const name = from?.name ?? (recipe.dataset === "csv" ? table?.name : null);
  return name ? `run file “${name}”` : null;
}

function phaseOf({ run, player, commands }: StateSource): RunState["phase"] {
  if (commands.playback.failed) return "failed";
  if (!run.loaded) return "starting";
  if (player.playing) return "playing";
  return player.divergedAt === null ? "paused" : "diverged";
}

/** The settings that a recording has at each step: those of the present step. */
function recordedSettings({ recording, history, step }: Run): Partial<LiveSettings> {
  if (!recording || step === 0) return {};
  return { lr: history.value("lr", step), batchSize: history.value("batch", step) };
}

/** The settings in force at the next step, with moved sliders; the same object while no value changes. Computed anew only where an edit or a schedule may have changed them. */
function settingsOf({ run, commands }: StateSource, previous: RunState, recipe: Recipe): LiveSettings {
  const [low, high] = [Math.min(run.step, previous.step) + 1, Math.max(run.step, previous.step) + 1];
  const changed =
    recipe !== previous.recipe ||
    (low < high && recipe.edits.some(({ step, schedule }) => step <= high && (step > low || schedule)));
  const inForce = changed ? settingsAt(recipe, run.step + 1) : previous.settings;
  const settings = { ...inForce, ...recordedSettings(run), ...commands.sliders.moved };
  const keys = Object.keys(settings) as (keyof LiveSettings)[];
  return keys.every((key) => settings[key] === previous.settings[key]) ? previous.settings : settings;
}
