import { initialState, type Start, startOf } from "../core/data/start";
import type { Checkpoint } from "../core/history/checkpoints";
import { settingsAt } from "../core/recipe/recipe";
import { createCpuEngine } from "../engine/cpu/engine";
import { createCpuProbe } from "../engine/cpu/probe";
import type { EngineKind, Probe } from "../engine/engine";
import { createEvaluator } from "../engine/evaluate";
import { Inspector } from "../engine/inspect/inspector";
import type { Prober } from "../engine/inspect/prober";
import { Trainer } from "../engine/trainer";
import type { TrainerApi } from "./api";
import type { OpenEngine, Opened } from "./open";

/** Looks into single steps of a run. */
interface Looker {
  readonly inspector: Inspector;
  readonly probe: () => Probe;
  /** Of the engine whose steps it sees. */
  readonly rounding: number;
  /** Made when it is first asked something. */
  prober: Prober | null;
}

interface Run {
  readonly trainer: Trainer;
  readonly opened: Opened;
  readonly start: Start;
  /** The engine that the page asked for. */
  readonly forced: EngineKind | null;
  /** Opened when a step is first inspected. */
  inspecting: Promise<Looker & { readonly opened: Opened }> | null;
  /** Takes a single step again in plain loops, while a GPU is busy with the run. */
  quick: Looker | null;
  /** Which of them inspected last. */
  looking: Promise<Inspector> | null;
  /** Made when a run is first evaluated. */
  evaluate: ReturnType<typeof createEvaluator> | null;
}

/** Parameters × rows that plain loops take a step of in a few milliseconds. */
const quickProducts = 2 ** 19;

/** The worker's side of the protocol; `trainer.worker.ts` puts it behind Comlink, tests call it directly. */
export function createTrainerApi(openEngine: OpenEngine): TrainerApi {
  let current: Run | null = null;
  const run = (): Run => {
    if (!current) throw new Error("No run has been loaded yet.");
    return current;
  };

  /** Looks into a run's steps on a second engine of the same kind. */
  const lookerOf = (now: Run): Promise<Looker> => {
    now.inspecting ??= openEngine(now.forced, now.start.problem, initialState(now.start)).then((opened) => {
      if (opened.report.kind === now.opened.report.kind) {
        const { engine, probe } = opened;
        const inspector = new Inspector(engine, probe, now.start);
        return { inspector, probe, rounding: engine.rounding, prober: null, opened };
      }
      opened.dispose();
      throw new Error("Steps cannot be inspected: there is no second engine of the kind that trains.");
    });
    return now.inspecting;
  };

  /** Plain loops where they give an answer sooner than a GPU that is asked behind the run's own steps. */
  const quickOf = (now: Run, step: number, from: Checkpoint): Looker | null => {
    const { problem } = now.start;
    const products = from.theta.length * Math.min(problem.rows, settingsAt(now.trainer.recipe, step).batchSize);
    if (now.opened.report.kind === "cpu" || from.step !== step - 1 || products > quickProducts) return null;
    if (!now.quick) {
      const [engine, made] = [createCpuEngine(problem, initialState(now.start)), createCpuProbe(problem)];
      const probe = () => made;
      const inspector = new Inspector(engine, probe, now.start);
      now.quick = { inspector, probe, rounding: engine.rounding, prober: null };
    }
    return now.quick;
  };

  /** Its code is loaded on demand: few runs are probed. */
  const proberOf = async (now: Run, looker: Looker): Promise<Prober> => {
    const { Prober } = await import("../engine/inspect/prober");
    if (now !== current) throw new Error("The run has been closed.");
    looker.prober ??= new Prober(looker.inspector, looker.probe, now.start, looker.rounding);
    return looker.prober;
  };

  return {
    async load({ recipe, case: from, table = null, engine: forced }) {
      const start = startOf(recipe, from, table);
      const opened = await openEngine(forced, start.problem, initialState(start));
      const trainer = new Trainer(opened.engine, start, recipe);
      if (current) dispose(current);
      const later = { inspecting: null, quick: null, looking: null, evaluate: null };
      current = { trainer, opened, start, forced, ...later };
      return { engine: opened.report, start: trainer.checkpoint, given: start.given };
    },

    advance: async (steps, budgetMs) => run().trainer.advance(steps, budgetMs),

    edit: async (settings, known) => run().trainer.edit(settings, known),

    revise: async (recipe) => run().trainer.revise(recipe),

    async restore(checkpoint) {
      const now = run();
      await now.trainer.restore(checkpoint);
      now.quick?.inspector.forget();
      now.inspecting?.then(
        ({ inspector }) => inspector.forget(),
        () => {},
      );
    },

    async inspect(step, from, quick = false) {
      const now = run();
      const looker = quick ? quickOf(now, step, from) : null;
      now.looking = (looker ? Promise.resolve(looker) : lookerOf(now)).then(({ inspector }) => inspector);
      return (await now.looking).inspect(step, from, now.trainer.recipe);
    },

    evaluate: async (theta) => {
      const now = run();
      now.evaluate ??= createEvaluator(now.start, async () => {
        await new Promise((resolve) => setTimeout(resolve));
        if (current !== now) throw new Error("The run has been closed.");
      });
      return now.evaluate(theta);
    },

    slice: async (alphas) => {
      const now = run();
      return (await (now.looking ?? (await lookerOf(now)).inspector)).slice(alphas);
    },

    async probe(kind, step, from, options, quick = false) {
      const now = run();
      const looker = (quick ? quickOf(now, step, from) : null) ?? (await lookerOf(now));
      return (await proberOf(now, looker)).ask(kind, step, from, now.trainer.recipe, options);
    },
  };
}

/** Frees a run's engines, the inspector's when it has answered what it was asked. */
function dispose({ opened, inspecting, quick }: Run): void {
  opened.dispose();
  quick?.prober?.close();
  inspecting?.then(
    async (second) => {
      await Promise.all([second.inspector.close(), second.prober?.close()]);
      second.opened.dispose();
    },
    () => {}, // whoever asked for it has been told
  );
}
