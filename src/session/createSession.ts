import { createStore } from "zustand/vanilla";
import { laidOver } from "../core/data/shipped";
import { InputError } from "../core/errors";
import { makeRunFile } from "../core/files/runfile";
import type { History } from "../core/history/history";
import { limits } from "../core/limits";
import { defaultRecipe, settingKeys } from "../core/recipe/controls";
import { linkOf, parseLink } from "../core/recipe/link";
import { parseRecipe } from "../core/recipe/parseRecipe";
import { type Recipe, settingsAt } from "../core/recipe/recipe";
import { folded } from "../core/recipe/withEdit";
import { type StartTrainer, startTrainer } from "../worker/client";
import { type Address, keepAddress, pageAddress } from "./address";
import { directionAt, runSoFarOf } from "./answers";
import { createCommands } from "./commands/commands";
import { liveSettingsFrom, recipeFrom, runFrom, settingsFrom, stepsFrom } from "./commands/input";
import { createComparedRuns } from "./compare/comparedRuns";
import { createLessons } from "./lesson/lesson";
import { browserPlace, type LessonPlace } from "./lesson/lessonPlace";
import { createNotices } from "./notices";
import { createEdge } from "./observe/edge";
import { createEvaluation } from "./observe/evaluation";
import { createInspection } from "./observe/inspection";
import { createProbes } from "./observe/probes";
import { createPageView } from "./pageView";
import type { Frames } from "./run/loop";
import { Player } from "./run/player";
import { Run } from "./run/run";
import { stateBefore, stateNow } from "./runState";
import type { Session } from "./session";
import type { NoticeAction, RunState } from "./state";
import { browserKeeper, type Keeper, type Kept } from "./storage/keeper";
import { keepRun } from "./storage/keepRun";
import { browserTables, type Tables } from "./storage/tables";
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

/** The page's run: starts the worker, loads what the address says, and plays it. */
export function createSession(options: SessionOptions = {}): Session {
  const { search = location.search, frames = animationFrames, address = pageAddress } = options;
  const { tables = browserTables() } = options;
  const { view, errors } = parseView(search);
  /** Whether the address opens a lesson, whose scene is then the run. */
  let teaching = !view.embed && (view.lesson !== null || view.scene !== null);
  /** What the link lacks: a scene in its place says itself what it lacks. */
  const unsaid: string[] = [];

  const starting = options.startTrainer ?? startTrainer;
  const events = {
    revived: (reason: string) => notify("info", `${reason} Another worker has taken up the run at step ${run.step}.`),
    branching: (recipe: Recipe, whole: History, keep: number) => {
      comparedRuns.before(recipe, whole);
      player.branched(keep);
    },
  };
  const run = new Run(starting, events, tables);
  const player = new Player(run, frames, {
    reach: () => comparedRuns.reach(),
    changed: publishSoon,
    failed: (error) => commands.failed(error),
    notify: (text) => notify("error", text),
  });
  let frame: number | null = null;

  const store = createStore<RunState>()(() => stateBefore(player.speed));
  const { notify, dismiss } = createNotices(store);

  const comparedRuns = createComparedRuns({
    store,
    history: () => run.history,
    request: () => run.request,
    startTrainer: starting,
    tables,
    notify: (text) => notify("error", text),
  });
  const commands = createCommands({ run, player, comparedRuns, engine: view.engine, notify, publish, publishSoon });
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
    const { sliders, undo, isDead, isBusy } = commands;
    store.setState(stateNow(store.getState(), { run, player, sliders, undo, dead: isDead(), busy: isBusy() }));
  }

  /** Loads what a link says, whatever of it can be used, and plays it. */
  function open(hash: string): Promise<void> {
    const link = parseLink(hash);
    for (const error of link.errors) notify("error", error);
    // Until it is loaded the page shows what it will be.
    if (!run.loaded) store.setState({ recipe: link.recipe, settings: settingsAt(link.recipe, 1) });
    const then = view.paused || teaching ? "stand" : "play";
    return commands
      .loadAsked(() => ({ recipe: link.recipe, case: null }), then)
      .catch((error: unknown) => {
        if (run.loaded || !(error instanceof InputError)) throw error;
        if (teaching) unsaid.push(error.message);
        else notify("error", error.message);
        // The rest of the link is used.
        const recipe = recipeFrom(laidOver(link.recipe, { dataset: defaultRecipe.dataset }));
        return commands.loadAsked(() => ({ recipe, case: null }), then);
      });
  }

  for (const error of errors) notify("error", error);
  const hash = address.hash();
  const ready = open(hash);
  ready.catch(() => {}); // the notice has said it
  address.onChange((hash) => open(hash).catch(() => {}));
  keepAddress(address, store);
  // A run that a slide shows is the deck's to keep.
  const keeping = {
    store,
    keeper: options.keeper ?? browserKeeper,
    named: hash === "" ? null : parseLink(hash).recipe,
    request: () => run.request,
    resume: async (kept: Kept) => {
      await commands
        .loadAsked(() => kept)
        .then(
          () => commands.play(kept.step),
          () => {}, // a notice has said it
        );
    },
    notify: (text: string, action: NoticeAction) => notify("info", text, action),
    dismiss,
  };
  if (!view.embed && !teaching) void keepRun(keeping);

  const withSliders = () => folded(run.request.recipe, run.step + 1);
  /** For another network or optimiser: what is only planned is no change made on the way. */
  const asItStands = () => (run.step === 0 ? run.request.recipe : withSliders());
  const session: Omit<Session, "lesson"> = {
    store,
    view: pageView,
    inspection,
    probes,
    edge,
    evaluation,
    comparedRuns: comparedRuns.store,
    ready,
    notify,
    history: () => run.history,
    load: async (input) => {
      const from = runFrom(input);
      await commands.load(() => from);
    },
    set: async (input) => commands.sliders.set(liveSettingsFrom(input)),
    move: async (input) => commands.sliders.move(liveSettingsFrom(input)),
    settle: () => commands.sliders.settle(),
    schedule: commands.schedule,
    undo: () => commands.rewrite("undo"),
    redo: () => commands.rewrite("redo"),
    restart: async (input) => {
      const settings = settingsFrom(input);
      await commands.load(() => {
        // Settings that do not go together are brought to where they do, and that is said.
        const { recipe, errors } = parseRecipe(laidOver(asItStands(), settings));
        const refused = settingKeys.some((key) => key in settings && String(recipe[key]) !== String(settings[key]));
        if (refused) throw new InputError(errors.join("; "));
        for (const error of errors) notify("info", error);
        // Rows that came with a run file are nowhere else.
        const { recipe: before, table = null } = run.request;
        return { recipe, case: null, table: recipe.dataset === before.dataset ? table : null };
      }, "goOn");
    },
    openTable: async (table) => {
      const recipe = () => recipeFrom(laidOver({ ...withSliders(), dataset: "noise" }, { dataset: "csv" }));
      await commands.load(() => ({ recipe: recipe(), case: null, table }), "goOn");
      tables.keep(table);
      return true;
    },
    table: () => (run.loaded ? (run.request.table ?? null) : null),
    advance: async (input) => {
      const steps = stepsFrom(input, "steps", 0, limits.steps);
      await commands.stepping(() => player.advance(steps));
      await comparedRuns.level();
    },
    play: () => commands.play(null),
    pause: commands.pause,
    setSpeed: (stepsPerSecond) => {
      if (!(stepsPerSecond > 0)) throw new InputError(`speed: found ${stepsPerSecond}; allowed: numbers above 0`);
      player.speed = stepsPerSecond;
      publish();
    },
    runTo: (input, speed) => {
      const to = stepsFrom(input, "step", 0, limits.steps);
      const { known } = run.history;
      // What is known already is not trained again on the way.
      if (to <= known) void commands.scrub(to);
      else if (known > run.step) void commands.scrub(known).then(() => commands.play(to, speed));
      else commands.play(to, speed);
    },
    reset: () => commands.stepping(() => player.goTo(0)),
    startOver: () => commands.load(() => ({ ...run.request, recipe: withSliders() })),
    seek: async (input) => {
      const step = stepsFrom(input, "step", 0, limits.steps);
      await commands.stepping(() => player.goTo(step));
    },
    scrub: commands.scrub,
    back: commands.back,
    link: () => address.link(linkOf(store.getState().recipe)),
    inspect: async (step) => run.inspect(stepsFrom(step, "step", 1, run.step)),
    direction: (step) => directionAt(run, step),
    runSoFar: () => runSoFarOf(run),
    runFile: () => makeRunFile(runSoFarOf(run)),
    dismiss,
  };
  const lessons = createLessons(session, {
    place: options.lessonPlace ?? browserPlace,
    tables,
    load: (recipe, table) =>
      commands.load(() => ({ recipe, case: null, table: recipe.dataset === "csv" ? table : null })),
    source: view.lesson,
    scene: view.scene,
    paused: view.paused,
  });
  if (teaching)
    void ready
      .then(lessons.begin, () => false)
      .then((begun) => {
        teaching = false;
        if (begun) return;
        for (const fault of unsaid) notify("error", fault);
        if (run.loaded && !view.paused) commands.play(null);
      });
  return { ...session, openTable: lessons.openTable, lesson: lessons.store };
}
