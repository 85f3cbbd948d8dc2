import { TaskQueue } from "../../core/async/taskQueue";
import { InputError, messageOf } from "../../core/errors";
import { limits } from "../../core/limits";
import { stepsAlike } from "../../core/recipe/difference";
import type { LiveSettings } from "../../core/recipe/recipe";
import type { Stair } from "../../core/schedule/stairs";
import { withSchedule } from "../../core/schedule/withSchedule";
import type { EngineKind } from "../../engine/engine";
import type { LoadRequest } from "../../worker/api";
import type { ComparedRuns } from "../compare/comparedRuns";
import { capacityReached, type Player } from "../run/player";
import type { Run } from "../run/run";
import { Abandoned } from "../run/supervisor";
import type { Notice } from "../state";
import { Latest } from "./latest";
import { Sliders } from "./sliders";
import { Undo } from "./undo";

/** What is to be played: on to a step, or without end. */
interface Goal {
  readonly to: number | null;
  /** Steps a second on the way; as fast as possible if none is named. */
  readonly speed?: number;
}

/** What is commanded. */
interface Commanded {
  readonly run: Run;
  readonly player: Player;
  readonly comparedRuns: Pick<ComparedRuns, "forget">;
  /** The engine that the page asks for. */
  readonly engine: EngineKind | null;
  notify(kind: Notice["kind"], text: string): void;
  /** Shows what has changed, at once or at the next frame. */
  publish(): void;
  publishSoon(): void;
}

/**
 * Whatever is asked of the run, in the order in which it is asked: what needs the run to stand waits for what is under way,
 * play begins when that is done, and a failure of the worker is made known whoever asked.
 */
export function createCommands({ run, player, comparedRuns, engine, notify, publish, publishSoon }: Commanded) {
  const queue = new TaskQueue();
  const sliders = new Sliders(queue, edit, { changed: publishSoon, done: publish });
  const undo = new Undo();
  const scrubber = new Latest<number>((step) => stepping(() => player.goTo(Math.min(step, run.history.known))));
  /** Loads and steps under way or waiting for their turn. */
  let underWay = 0;
  let dead = false;
  let wantsToPlay = false;
  /** Where the hand that scrubs is. */
  let aim: number | null = null;

  /** The worker has failed for good. A fault in what was asked for is for whoever asked. */
  function failed(error: unknown): void {
    if (error instanceof InputError || error instanceof Abandoned) return;
    dead = true;
    notify("error", messageOf(error));
    pause();
  }

  function pause(): void {
    wantsToPlay = false;
    player.pause();
    publish();
  }

  /** What is played now, or will be when its turn comes: to which step, null without a goal. */
  function going(): Goal | null {
    if (player.playing) return { to: player.goal?.to ?? null };
    return underWay > 0 && wantsToPlay ? { to: null } : null;
  }

  function play(to: number | null, speed?: number): void {
    sliders.settle();
    playThen(() => ({ to, ...(speed && { speed }) }));
  }

  /**
   * Begins to play at once, or when what is under way is done, unless someone pauses or asks for more before.
   * @param next asked then: null leaves the run standing
   */
  function playThen(next: () => Goal | null): void {
    wantsToPlay = true;
    const begin = () => {
      if (underWay > 0 || !wantsToPlay) return;
      const goal = next();
      if (!goal) wantsToPlay = false;
      else if (dead) notify("error", "Training has stopped. Start over, or reload the page, to begin again.");
      else player.play(goal.to, goal.speed);
      publish();
    };
    if (underWay > 0) queue.add(begin);
    else begin();
  }

  /** Runs `act` after all that was asked for before, with nothing playing, and shows what has come of it. */
  function inTurn(act: () => Promise<void>): Promise<void> {
    if (player.playing) pause();
    sliders.seal();
    underWay++;
    return queue.add(async () => {
      try {
        await act();
      } finally {
        underWay--;
        publish();
      }
    });
  }

  /** As `inTurn`, with the steps asked for in play measured first, and a failure of the worker made known. */
  async function stepping(act: () => Promise<void>): Promise<void> {
    try {
      await inTurn(async () => {
        await player.idle();
        await act();
      });
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  /**
   * Loads another run; if that fails, the one before goes on as it was.
   * @param then what the new run does: stands, plays if the one before did, or plays
   */
  async function load(
    request: () => Omit<LoadRequest, "engine">,
    then: "stand" | "goOn" | "play" = "stand",
  ): Promise<void> {
    const before = going();
    let loaded = false;
    const loading = inTurn(async () => {
      await run.load({ ...request(), engine });
      loaded = true;
      dead = false;
      sliders.clear();
      undo.clear();
      comparedRuns.forget();
      player.reset();
    });
    const after = then === "play" || (then === "goOn" && before) ? { to: null } : null;
    // Asked for at once, so that a pause meanwhile is heard.
    if (before || after) playThen(() => (loaded ? after : before));
    try {
      await loading;
    } catch (error) {
      if (!run.loaded) failed(error);
      throw error;
    }
  }

  /** As `load`, for whom no one waits: what is the matter becomes a notice. */
  async function loadAsked(...asked: Parameters<typeof load>): Promise<void> {
    try {
      await load(...asked);
    } catch (error) {
      if (run.loaded && !(error instanceof Abandoned)) notify("error", `The run was not loaded: ${messageOf(error)}`);
      throw error;
    }
  }

  /** Puts settings in force; an edit can be undone. */
  async function edit(settings: Partial<LiveSettings>): Promise<void> {
    try {
      await recorded(1, () => run.edit(settings));
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  /** Makes a change of at most `more` edits to the recipe that can be undone. */
  async function recorded(more: number, change: () => Promise<void>): Promise<void> {
    const { recipe } = run.request;
    if (run.step >= limits.steps) throw new InputError(capacityReached);
    if (recipe.edits.length + more > limits.edits)
      throw new InputError(`edits: there are ${recipe.edits.length}, and no more than ${limits.edits} fit`);
    await change();
    if (stepsAlike(recipe, run.request.recipe) < Number.POSITIVE_INFINITY) undo.record(recipe);
  }

  /** Sends the learning rate along stairs from the next step on, playing on if it played. */
  async function schedule(stairs: readonly Stair[]): Promise<void> {
    const before = going();
    const done = stepping(() =>
      recorded(stairs.length, () => run.revise(withSchedule(run.request.recipe, run.step, stairs, run.history.known))),
    );
    if (before) playThen(() => before);
    await done;
  }

  /**
   * Takes the last edit back, or makes it again: from where the recipes begin to differ, if the run is past that; playing on
   * if it played.
   */
  async function rewrite(way: "undo" | "redo"): Promise<void> {
    // What is under way may yet bring something to take back, or to make again.
    if (underWay === 0 && !(way === "undo" ? undo.canUndo : undo.canRedo)) return;
    const before = going();
    const done = stepping(async () => {
      const { recipe } = run.request;
      const other = undo[way](recipe);
      if (!other) return;
      try {
        const alike = stepsAlike(recipe, other);
        if (run.step > alike) await player.goTo(alike);
        await run.revise(other);
      } catch (error) {
        undo[way === "undo" ? "redo" : "undo"](other);
        throw error;
      }
    });
    if (before) playThen(() => before);
    await done;
  }

  /** Follows a hand to a known step; where the hand is, until the run is there. */
  async function scrub(step: number): Promise<void> {
    aim = step;
    await scrubber.to(step);
    aim = null;
  }

  return {
    sliders,
    undo,
    /** The worker has failed for good. */
    isDead: () => dead,
    /** Something has been asked for that is not done. */
    isBusy: () => underWay > 0,
    failed,
    pause,
    play,
    load,
    loadAsked,
    schedule,
    rewrite,
    stepping,
    scrub,
    /** A step back from where the hand is, or else the run. */
    back: () => scrub(Math.max(0, (aim ?? run.step) - 1)),
  };
}
