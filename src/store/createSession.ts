import { createStore } from "zustand/vanilla";
import { defaultRecipe, settingKeys } from "../core/controls";
import { stepsAlike } from "../core/difference";
import { History } from "../core/history";
import { linkOf, parseLink } from "../core/link";
import { messageOf } from "../core/messageOf";
import { limits, parseRecipe } from "../core/parse";
import { type LiveSettings, type Recipe, settingsAt } from "../core/recipe";
import { makeRunFile } from "../core/runfile";
import { laidOver } from "../core/shipped";
import { folded } from "../core/withEdit";
import type { LoadRequest } from "../worker/api";
import { type StartTrainer, startTrainer } from "../worker/client";
import { type Address, keepAddress, pageAddress } from "./address";
import { directionAt, runSoFarOf } from "./answers";
import { createEdge } from "./edge";
import { createEvaluation } from "./evaluation";
import { createGhosts } from "./ghosts";
import { InputFault, liveSettingsFrom, recipeFrom, runFrom, settingsFrom, stepsFrom } from "./input";
import { createInspection } from "./inspection";
import { browserKeeper, type Keeper, type Kept } from "./keeper";
import { keepRun } from "./keepRun";
import { Latest } from "./latest";
import { createLessons } from "./lesson";
import { browserPlace, type LessonPlace } from "./lessonPlace";
import type { Frames } from "./loop";
import { createNotices } from "./notices";
import { createPageView } from "./pageView";
import { capacityReached, Player } from "./player";
import { createProbes } from "./probes";
import { Run } from "./run";
import { stateBefore, stateNow } from "./runState";
import type { NoticeAction, RunState, Session } from "./session";
import { Sliders } from "./sliders";
import { Abandoned } from "./supervisor";
import { browserTables, type Tables } from "./tables";
import { Turns } from "./turns";
import { Undo } from "./undo";
import { parseView } from "./view";

export interface SessionOptions {
  /** Where the recipe is read from, and kept. */
  readonly address?: Address;
  /** Where the run is kept against a reload or a crash. */
  readonly keeper?: Keeper;
  /** Where a lesson keeps its place. */
  readonly lessonPlace?: LessonPlace;
  /** The view, as in `location.search`. */
  readonly search?: string;
  readonly startTrainer?: StartTrainer;
  readonly frames?: Frames;
  /** Where the rows of real data come from. */
  readonly tables?: Tables;
}

const animationFrames: Frames = {
  request: (frame) => requestAnimationFrame(frame),
  cancel: (id) => cancelAnimationFrame(id),
};

/** What is to be played: on to a step, or without end. */
interface Goal {
  readonly to: number | null;
  /** Steps a second on the way; as fast as possible if none is named. */
  readonly speed?: number;
}

/** The page's run: starts the worker, loads what the address says, and plays it. */
export function createSession(options: SessionOptions = {}): Session {
  const { search = location.search, frames = animationFrames, address = pageAddress } = options;
  const { tables = browserTables() } = options;
  const { view, faults } = parseView(search);
  /** Whether the address opens a lesson, whose scene is then the run. */
  let teaching = !view.embed && (view.lesson !== null || view.scene !== null);

  const starting = options.startTrainer ?? startTrainer;
  const events = {
    revived: (reason: string) => notify("info", `${reason} Another worker has taken up the run at step ${run.step}.`),
    branching: (recipe: Recipe, whole: History, keep: number) => {
      ghosts.before(recipe, whole);
      player.branched(keep);
    },
  };
  const run = new Run(starting, events, tables);
  const player = new Player(run, frames, {
    reach: () => ghosts.reach(),
    changed: publishSoon,
    failed,
    notify: (text) => notify("error", text),
  });
  const turns = new Turns();
  const scrubber = new Latest<number>((step) => stepping(() => player.goTo(Math.min(step, run.history.known))));
  /** Loads and steps under way or waiting for their turn. */
  let underWay = 0;
  let dead = false;
  let wantsToPlay = false;
  let aim: number | null = null;
  const sliders = new Sliders(turns, edit, { changed: publishSoon, done: publish });
  const undo = new Undo();
  let frame: number | null = null;

  const store = createStore<RunState>()(() => stateBefore(player.speed));
  const { notify, dismiss } = createNotices(store);

  const ghosts = createGhosts({
    store,
    history: () => run.history,
    request: () => run.request,
    startTrainer: starting,
    tables,
    notify: (text) => notify("error", text),
  });
  const pageView = createPageView(store);
  const inspection = createInspection({
    store,
    view: pageView,
    history: () => run.history,
    readyStep: () => run.readyStep,
    inspect: (step, quick) => run.inspect(step, quick),
    slice: (alphas) => run.slice(alphas),
  });

  const probes = createProbes({
    store,
    view: pageView,
    history: () => run.history,
    readyStep: () => run.readyStep,
    probe: (kind, step, options, quick) => run.probe(kind, step, options, quick),
  });
  const edge = createEdge({ store, history: () => run.history }, probes);

  const evaluation = createEvaluation({
    store,
    history: () => run.history,
    request: () => run.request,
    evaluate: () => run.evaluate(),
  });

  /** Publishes at the next frame, however much happens until then. */
  function publishSoon(): void {
    frame ??= frames.request(publish);
  }

  function publish(): void {
    if (frame !== null) frames.cancel(frame);
    frame = null;
    store.setState(stateNow(store.getState(), { run, player, sliders, undo, dead, busy: underWay > 0 }));
  }

  /** The worker has failed for good. A fault in what was asked for is for whoever asked. */
  function failed(error: unknown): void {
    if (error instanceof InputFault || error instanceof Abandoned) return;
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
    if (underWay > 0) turns.take(begin);
    else begin();
  }

  /** Runs `act` after all that was asked for before, with nothing playing, and shows what has come of it. */
  function inTurn(act: () => Promise<void>): Promise<void> {
    if (player.playing) pause();
    sliders.seal();
    underWay++;
    return turns.take(async () => {
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
      await run.load({ ...request(), engine: view.engine });
      loaded = true;
      dead = false;
      sliders.clear();
      undo.clear();
      ghosts.forget();
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
      const { recipe } = run.request;
      if (run.step >= History.capacity) throw new InputFault(capacityReached);
      if (recipe.edits.length >= limits.edits)
        throw new InputFault(`edits: there are ${limits.edits}, and no more fit`);
      await run.edit(settings);
      if (stepsAlike(recipe, run.request.recipe) < Number.POSITIVE_INFINITY) undo.record(recipe);
    } catch (error) {
      failed(error);
      throw error;
    }
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

  /** Loads what a link says, whatever of it can be used, and plays it. */
  function open(hash: string): Promise<void> {
    const link = parseLink(hash);
    for (const fault of link.faults) notify("error", fault);
    // Until it is loaded the page shows what it will be.
    if (!run.loaded) store.setState({ recipe: link.recipe, settings: settingsAt(link.recipe, 1) });
    const then = view.paused || teaching ? "stand" : "play";
    return loadAsked(() => ({ recipe: link.recipe, case: null }), then).catch((error: unknown) => {
      if (run.loaded || !(error instanceof InputFault)) throw error;
      notify("error", error.message);
      // The rest of the link is used.
      const recipe = recipeFrom(laidOver(link.recipe, { dataset: defaultRecipe.dataset }));
      return loadAsked(() => ({ recipe, case: null }), then);
    });
  }

  for (const fault of faults) notify("error", fault);
  const hash = address.hash();
  const ready = open(hash);
  ready.catch(() => {}); // the notice has said it
  address.onChange((hash) => open(hash).catch(() => {}));
  keepAddress(address, store);
  // A run that a slide shows is the deck's to keep.
  const keeping = {
    store,
    keeper: options.keeper ?? browserKeeper,
    named: hash !== "",
    request: () => run.request,
    resume: async (kept: Kept) => {
      await loadAsked(() => kept).then(
        () => play(kept.step),
        () => {}, // a notice has said it
      );
    },
    notify: (text: string, action: NoticeAction) => notify("info", text, action),
    dismiss,
  };
  if (!view.embed && !teaching) void keepRun(keeping);

  /** Follows a hand to a known step; where the hand is, until the run is there. */
  async function scrub(step: number): Promise<void> {
    aim = step;
    await scrubber.to(step);
    aim = null;
  }

  const withSliders = () => folded(run.request.recipe, run.step + 1);
  const session: Omit<Session, "lesson"> = {
    store,
    view: pageView,
    inspection,
    probes,
    edge,
    evaluation,
    ghosts: ghosts.store,
    ready,
    notify,
    history: () => run.history,
    load: async (input) => {
      const from = runFrom(input);
      await load(() => from);
    },
    set: async (input) => sliders.set(liveSettingsFrom(input)),
    move: async (input) => sliders.move(liveSettingsFrom(input)),
    settle: () => sliders.settle(),
    undo: () => rewrite("undo"),
    redo: () => rewrite("redo"),
    restart: async (input) => {
      const settings = settingsFrom(input);
      await load(() => {
        // Settings that do not go together are brought to where they do, and that is said.
        const { recipe, faults } = parseRecipe(laidOver(withSliders(), settings));
        const refused = settingKeys.some((key) => key in settings && String(recipe[key]) !== String(settings[key]));
        if (refused) throw new InputFault(faults.join("; "));
        for (const fault of faults) notify("info", fault);
        return { recipe, case: null };
      }, "goOn");
    },
    openTable: async (table) => {
      const recipe = () => recipeFrom(laidOver({ ...withSliders(), dataset: "noise" }, { dataset: "csv" }));
      await load(() => ({ recipe: recipe(), case: null, table }), "goOn");
      tables.keep(table);
      // A run on the table before it cannot be taken up again.
      keeping.keeper.keep({ recipe: run.request.recipe, step: 0, case: null });
    },
    table: () => (run.loaded ? (run.request.table ?? null) : null),
    advance: async (input) => {
      const steps = stepsFrom(input, "steps", 0, History.capacity);
      await stepping(() => player.advance(steps));
      await ghosts.level();
    },
    play: () => play(null),
    pause,
    setSpeed: (stepsPerSecond) => {
      if (!(stepsPerSecond > 0)) throw new InputFault(`speed: found ${stepsPerSecond}; allowed: numbers above 0`);
      player.speed = stepsPerSecond;
      publish();
    },
    runTo: (input, speed) => {
      const to = stepsFrom(input, "step", 0, History.capacity);
      const { known } = run.history;
      // What is known already is not trained again on the way.
      if (to <= known) void scrub(to);
      else if (known > run.step) void scrub(known).then(() => play(to, speed));
      else play(to, speed);
    },
    reset: () => stepping(() => player.goTo(0)),
    startOver: () => load(() => ({ recipe: withSliders(), case: run.request.case })),
    seek: async (input) => {
      const step = stepsFrom(input, "step", 0, History.capacity);
      await stepping(() => player.goTo(step));
    },
    scrub,
    back: () => scrub(Math.max(0, (aim ?? run.step) - 1)),
    link: () => address.link(linkOf(store.getState().recipe)),
    inspect: async (step) => run.inspect(stepsFrom(step, "step", 1, run.step)),
    direction: (step) => directionAt(run, step),
    runSoFar: () => runSoFarOf(run),
    runFile: () => makeRunFile(runSoFarOf(run)),
    dismiss,
  };
  const lessons = createLessons(session, {
    place: options.lessonPlace ?? browserPlace,
    source: view.lesson,
    scene: view.scene,
    paused: view.paused,
  });
  if (teaching)
    void ready
      .then(lessons.begin, () => false)
      .then((begun) => {
        teaching = false;
        if (!begun && run.loaded && !view.paused) play(null);
      });
  return { ...session, lesson: lessons.store };
}
