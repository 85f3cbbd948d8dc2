import { initialState, type Start, startOf } from "../core/data/start";
import type { Checkpoint } from "../core/history/checkpoints";
import { settingsAt } from "../core/recipe/recipe";
import { createCpuDirectionalLoss } from "../engine/cpu/directionalLoss";
import { createCpuEngine } from "../engine/cpu/engine";
import type { DirectionalLoss } from "../engine/directionalLoss";
import type { EngineKind } from "../engine/engine";
import { createEvaluator } from "../engine/evaluate";
import { Inspector } from "../engine/inspect/inspector";
import type { StepAnalyser } from "../engine/inspect/stepAnalyser";
import { Trainer } from "../engine/trainer";
import type { TrainerApi } from "./api";
import type { OpenEngine, Opened } from "./open";

/** Inspects and analyses single steps of a run, on an engine beside the run's engine. */
interface Analysis {
  readonly inspector: Inspector;
  readonly loss: () => DirectionalLoss;
  /** The relative rounding of the engine's sums. */
  readonly rounding: number;
  /** Made at the first probe. */
  analyser: StepAnalyser | null;
}

interface Run {
  readonly trainer: Trainer;
  readonly opened: Opened;
  readonly start: Start;
  /** The engine that the page forces, or null. */
  readonly forced: EngineKind | null;
  /** On an engine of the same kind as the run's; opened at the first inspection. */
  sameKind: Promise<Analysis & { readonly opened: Opened }> | null;
  /** On the cpu engine, for single steps while a GPU is busy with the run. */
  quick: Analysis | null;
  /** The inspector of the last `inspect`. */
  lastInspector: Promise<Inspector> | null;
  /** Made at the first evaluation. */
  evaluate: ReturnType<typeof createEvaluator> | null;
}

/** Parameters × rows up to which plain loops take a step in a few milliseconds. */
const quickProducts = 2 ** 19;

/** The worker's side of the protocol. `trainer.worker.ts` exposes it through Comlink; tests call it directly. */
export function createTrainerApi(openEngine: OpenEngine): TrainerApi {
  let current: Run | null = null;
  const loadedRun = (): Run => {
    if (!current) throw new Error("No run has been loaded yet.");
    return current;
  };

  /** Opens a second engine of the run's kind at the first call. */
  const sameKindAnalysis = (run: Run): Promise<Analysis> => {
    run.sameKind ??= openEngine(run.forced, run.start.problem, initialState(run.start)).then((opened) => {
      if (opened.report.kind === run.opened.report.kind) {
        const { engine, loss } = opened;
        const inspector = new Inspector(engine, loss, run.start);
        return { inspector, loss, rounding: engine.rounding, analyser: null, opened };
      }
      opened.dispose();
      throw new Error("Steps cannot be inspected: there is no second engine of the kind that trains.");
    });
    return run.sameKind;
  };

  /**
   * On the cpu engine. null where a GPU is faster, although it first computes the run's own steps: where the step is large or
   * needs a replay. null also for a run on the cpu engine.
   */
  const quickAnalysis = (run: Run, step: number, from: Checkpoint): Analysis | null => {
    const { problem } = run.start;
    const products = from.theta.length * Math.min(problem.rows, settingsAt(run.trainer.recipe, step).batchSize);
    if (run.opened.report.kind === "cpu" || from.step !== step - 1 || products > quickProducts) return null;
    if (!run.quick) {
      const engine = createCpuEngine(problem, initialState(run.start));
      const cpuLoss = createCpuDirectionalLoss(problem);
      const loss = () => cpuLoss;
      const inspector = new Inspector(engine, loss, run.start);
      run.quick = { inspector, loss, rounding: engine.rounding, analyser: null };
    }
    return run.quick;
  };

  /** Loads the analyser's code at the first call: few runs are probed. */
  const analyserOf = async (run: Run, analysis: Analysis): Promise<StepAnalyser> => {
    const { StepAnalyser } = await import("../engine/inspect/stepAnalyser");
    if (run !== current) throw new Error("The run has been closed.");
    const { inspector, loss, rounding } = analysis;
    analysis.analyser ??= new StepAnalyser(inspector, loss, run.start, rounding);
    return analysis.analyser;
  };

  return {
    async load({ recipe, case: from, table = null, engine: forced }) {
      const start = startOf(recipe, from, table);
      const opened = await openEngine(forced, start.problem, initialState(start));
      const trainer = new Trainer(opened.engine, start, recipe);
      if (current) dispose(current);
      const onDemand = { sameKind: null, quick: null, lastInspector: null, evaluate: null };
      current = { trainer, opened, start, forced, ...onDemand };
      return { engine: opened.report, start: trainer.checkpoint, custom: start.custom };
    },

    advance: async (steps, budgetMs) => loadedRun().trainer.advance(steps, budgetMs),

    edit: async (change, measuredSteps) => loadedRun().trainer.edit(change, measuredSteps),

    revise: async (recipe) => loadedRun().trainer.revise(recipe),

    async restore(checkpoint) {
      const run = loadedRun();
      await run.trainer.restore(checkpoint);
      run.quick?.inspector.forget();
      run.sameKind?.then(
        ({ inspector }) => inspector.forget(),
        () => {}, // `inspect` rejects with the reason
      );
    },

    async inspect(step, from, quick = false) {
      const run = loadedRun();
      const analysis = quick ? quickAnalysis(run, step, from) : null;
      run.lastInspector = (analysis ? Promise.resolve(analysis) : sameKindAnalysis(run)).then(
        ({ inspector }) => inspector,
      );
      return (await run.lastInspector).inspect(step, from, run.trainer.recipe);
    },

    evaluate: async (theta) => {
      const run = loadedRun();
      run.evaluate ??= createEvaluator(run.start, async () => {
        await new Promise((resolve) => setTimeout(resolve));
        if (current !== run) throw new Error("The run has been closed.");
      });
      return run.evaluate(theta);
    },

    slice: async (alphas) => {
      const run = loadedRun();
      return (await (run.lastInspector ?? (await sameKindAnalysis(run)).inspector)).slice(alphas);
    },

    async probe(kind, step, from, options, quick = false) {
      const run = loadedRun();
      const analysis = (quick ? quickAnalysis(run, step, from) : null) ?? (await sameKindAnalysis(run));
      return (await analyserOf(run, analysis)).answer(kind, step, from, run.trainer.recipe, options);
    },
  };
}

/** Frees a run's engines; the second engine after its calls under way are answered. */
function dispose({ opened, sameKind, quick }: Run): void {
  opened.dispose();
  quick?.analyser?.close();
  sameKind?.then(
    async (second) => {
      await Promise.all([second.inspector.close(), second.analyser?.close()]);
      second.opened.dispose();
    },
    () => {}, // `inspect` has rejected with the reason
  );
}
