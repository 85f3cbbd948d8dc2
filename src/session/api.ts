import { fetchPart } from "../core/async/fetchPart";
import { InputError } from "../core/errors";
import { makeRunFile } from "../core/files/runfile";
import { linkOf } from "../core/recipe/link";
import { settingsAt } from "../core/recipe/recipe";
import { changeFrom, isRunFile, recipeFrom, runFrom, stepsFrom } from "./commands/input";
import { loadConditions } from "./loadConditions";
import type { SessionParts } from "./parts";
import type { EngineSpeed } from "./run/measureEngines";
import { directionAt, runSoFarOf } from "./runData";
import type { Session } from "./session";
import type { Address } from "./view/address";

/** The methods and stores of a session, apart from those of lessons and of opening the page. */
export type RunApi = Omit<Session, "ready" | "lesson" | "openTable">;

/** Maps the methods of a session to the commands on its run. Methods that return a promise reject for faults in their input. */
export function createApi(parts: SessionParts, address: Pick<Address, "link">): RunApi {
  const { store, run, player, commands, publisher } = parts;
  return {
    store,
    view: parts.view,
    comparedRuns: parts.comparedRuns.store,
    inspection: parts.inspection,
    fit: parts.fit,
    shown: parts.shown,
    probes: parts.probes,
    edge: parts.edge,
    evaluation: parts.evaluation,

    history: () => run.history,
    table: () => (run.loaded ? (run.request.table ?? null) : null),
    inspect: async (step) => parts.observer.inspect(stepsFrom(step, "step", 1, run.step)),
    rangeTest: (range, signal) => parts.observer.rangeTest(range, signal),
    probeEdge: (step, signal) => parts.observer.probe("edge", step, { on: "full", resamples: 1 }, { signal }),
    probe: (kind, step, options) => parts.observer.probe(kind, step, options),
    evaluate: (theta) => parts.observer.evaluate(undefined, theta),
    direction: (step) => directionAt(run, step),
    runSoFar: () => runSoFarOf(run),
    runFile: () => makeRunFile(runSoFarOf(run)),
    link: () => address.link(linkOf(store.getState().recipe)),

    async load(input) {
      const request = isRunFile(input) ? await runFrom(input) : { recipe: recipeFrom(input), case: null };
      await commands.load(() => request);
    },
    restart: commands.restart,
    startOver: commands.startOver,

    set: async (input) => commands.sliders.set(changeFrom(input)),
    drag: async (input) => commands.sliders.drag(changeFrom(input)),
    endDrag: () => commands.sliders.endDrag(),
    undo: commands.undo,
    redo: commands.redo,

    play: () => commands.play(),
    pause: commands.pause,
    async stopWhen(condition) {
      player.stopWhen = condition === null ? null : (await loadConditions()).stopConditionFrom(condition);
      publisher.publish();
    },
    setSpeed(stepsPerSecond) {
      if (!(stepsPerSecond > 0)) throw new InputError(`speed: found ${stepsPerSecond}; allowed: numbers above 0`);
      player.speed = stepsPerSecond;
      publisher.publish();
    },
    advance: commands.advance,
    runTo: commands.runTo,
    reset: commands.reset,
    seek: commands.seek,
    scrub: commands.scrub,
    stepBack: commands.stepBack,

    async measureEngines(options) {
      const load = () => import("./run/measureEngines");
      const { measureEngines } = await fetchPart("The measurement of the engines", load);
      let speeds: readonly EngineSpeed[] = [];
      await commands.atRest(async () => {
        const { recipe } = run.request;
        const steady = { ...recipe, ...settingsAt(recipe, run.step + 1), edits: [] };
        speeds = await measureEngines(parts.startTrainer, { ...run.request, recipe: steady }, options);
      });
      return speeds;
    },

    notify: parts.notify,
    dismiss: parts.dismiss,
  };
}
