import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineOptions } from "../worker/api";
import type { StartObserver, StartTrainer } from "../worker/client";
import { type Commands, createCommands } from "./commands/commands";
import { type ComparedRuns, createComparedRuns } from "./compare/comparedRuns";
import { loadConditions } from "./loadConditions";
import { createNotices, type Notices } from "./notices";
import { createEdge, type EdgeState } from "./observe/edge";
import { createEvaluation, type EvaluationState } from "./observe/evaluation";
import { createFit, type FitState } from "./observe/fit";
import { createInspection, type InspectionState } from "./observe/inspection";
import { createProbes, type ProbesState } from "./observe/probes";
import { createShown, type Shown } from "./observe/shown";
import { Publisher } from "./publisher";
import type { Frames } from "./run/loop";
import { Player } from "./run/player";
import { Run } from "./run/run";
import { RunObserver } from "./run/runObserver";
import { startingState } from "./snapshot";
import type { RunState } from "./state";
import type { Tables } from "./storage/tables";
import { createPageView, type PageView } from "./view/pageView";

export interface PartsOptions {
  readonly startTrainer: StartTrainer;
  readonly startObserver: StartObserver;
  readonly tables: Tables;
  readonly frames: Frames;
  readonly engine: EngineOptions;
}

/** The parts of a session, connected to each other. */
export interface SessionParts extends Notices {
  readonly startTrainer: StartTrainer;
  readonly store: StoreApi<RunState>;
  readonly view: StoreApi<PageView>;
  readonly run: Run;
  readonly observer: RunObserver;
  readonly player: Player;
  readonly tables: Tables;
  readonly comparedRuns: ComparedRuns;
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly inspection: StoreApi<InspectionState>;
  readonly fit: StoreApi<FitState>;
  readonly shown: StoreApi<Shown>;
  readonly probes: StoreApi<ProbesState>;
  readonly edge: StoreApi<EdgeState>;
  readonly evaluation: StoreApi<EvaluationState>;
}

export function createParts({ startTrainer, startObserver, tables, frames, engine }: PartsOptions): SessionParts {
  const store = createStore<RunState>()(() => startingState);
  const { notify, dismiss } = createNotices(store);
  const view = createPageView(store);

  const run = new Run(startTrainer, tables);
  const observer = new RunObserver(
    startObserver,
    () => run.observed,
    (reason) => notify("error", reason),
  );
  const [history, request] = [() => run.history, () => run.request];
  const comparedRuns = createComparedRuns({
    store,
    history,
    request,
    startTrainer,
    tables,
    notify: (text) => notify("error", text),
  });
  const player = new Player(run, frames, comparedRuns.maxStep);
  const commands = createCommands({ run, player, comparedRuns, tables, engine, notify });
  const publisher = new Publisher(store, { run, player, commands }, frames);

  run.events.on("revived", (reason) =>
    notify("info", `${reason} A new worker continues the run from step ${run.step}.`, { about: "a new worker" }),
  );
  run.events.on("branching", comparedRuns.addPreviousBranch);
  run.events.on("branching", (_recipe, _history, keep) => player.branched(keep));
  player.events.on("changed", () => publisher.publishSoon());
  player.events.on("failed", (error) => commands.playback.fail(error));
  player.events.on("met", async (condition, step) => {
    const { conditionText } = await loadConditions();
    notify("info", `Paused at step ${step}: ${conditionText(condition)}.`, { about: "a stop condition" });
  });
  player.events.on("stopped", (reason) => notify("error", reason));
  commands.events.on("changed", () => publisher.publishSoon());
  commands.events.on("settled", () => publisher.publish());

  const observed = { store, view, history, readyStep: () => run.readyStep };
  const probes = createProbes({
    ...observed,
    probe: (kind, step, options, asked) => observer.probe(kind, step, options, asked),
  });
  const inspection = createInspection({
    ...observed,
    inspect: (step, options) => observer.inspect(step, options),
    slice: (step, alphas, fullMs, options) => observer.slice(step, alphas, fullMs, options),
    mark: (step, options) => observer.mark(step, options),
  });
  return {
    startTrainer,
    store,
    notify,
    dismiss,
    view,
    run,
    observer,
    player,
    tables,
    comparedRuns,
    commands,
    publisher,
    inspection,
    fit: createFit({ ...observed, predict: (step, alphas, options) => observer.predict(step, alphas, options) }),
    shown: createShown({ store, view, history, inspection }),
    probes,
    edge: createEdge({ store, history }, probes),
    evaluation: createEvaluation({ store, history, request, evaluate: (signal) => observer.evaluate(signal) }),
  };
}
