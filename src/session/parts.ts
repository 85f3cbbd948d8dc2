import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineKind } from "../engine/engine";
import type { StartTrainer } from "../worker/client";
import { type Commands, createCommands } from "./commands/commands";
import { type ComparedRuns, createComparedRuns } from "./compare/comparedRuns";
import { createNotices, type Notices } from "./notices";
import { createEdge, type EdgeState } from "./observe/edge";
import { createEvaluation, type EvaluationState } from "./observe/evaluation";
import { createInspection, type InspectionState } from "./observe/inspection";
import { createProbes, type ProbesState } from "./observe/probes";
import { Publisher } from "./publisher";
import type { Frames } from "./run/loop";
import { Player } from "./run/player";
import { Run } from "./run/run";
import { startingState } from "./snapshot";
import type { RunState } from "./state";
import type { Tables } from "./storage/tables";
import { createPageView, type PageView } from "./view/pageView";

export interface PartsOptions {
  readonly startTrainer: StartTrainer;
  readonly tables: Tables;
  readonly frames: Frames;
  /** The engine to use; null lets the worker choose. */
  readonly engine: EngineKind | null;
}

/** The parts of a session, connected to each other. */
export interface SessionParts extends Notices {
  readonly store: StoreApi<RunState>;
  readonly view: StoreApi<PageView>;
  readonly run: Run;
  readonly player: Player;
  readonly tables: Tables;
  readonly comparedRuns: ComparedRuns;
  readonly commands: Commands;
  readonly publisher: Publisher;
  readonly inspection: StoreApi<InspectionState>;
  readonly probes: StoreApi<ProbesState>;
  readonly edge: StoreApi<EdgeState>;
  readonly evaluation: StoreApi<EvaluationState>;
}

export function createParts({ startTrainer, tables, frames, engine }: PartsOptions): SessionParts {
  const store = createStore<RunState>()(() => startingState);
  const { notify, dismiss } = createNotices(store);
  const view = createPageView(store);

  const run = new Run(startTrainer, tables);
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
  player.events.on("stopped", (reason) => notify("error", reason));
  commands.events.on("changed", () => publisher.publishSoon());
  commands.events.on("settled", () => publisher.publish());

  const { observer } = run;
  const observed = { store, view, history, readyStep: () => run.readyStep };
  const probes = createProbes({
    ...observed,
    probe: (kind, step, options, quick) => observer.probe(kind, step, options, quick),
  });
  return {
    store,
    notify,
    dismiss,
    view,
    run,
    player,
    tables,
    comparedRuns,
    commands,
    publisher,
    inspection: createInspection({
      ...observed,
      inspect: (step, quick) => observer.inspect(step, quick),
      slice: (alphas) => observer.slice(alphas),
    }),
    probes,
    edge: createEdge({ store, history }, probes),
    evaluation: createEvaluation({ store, history, request, evaluate: () => observer.evaluate() }),
  };
}
