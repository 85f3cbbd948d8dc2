import { fetchPart } from "../core/async/fetchPart";
import { initialState, type Start, startOf } from "../core/data/start";
import { settingsAt } from "../core/recipe/recipe";
import { createCpuDirectionalLoss } from "../engine/cpu/directionalLoss";
import type { DirectionalLoss } from "../engine/directionalLoss";
import type { Engine } from "../engine/engine";
import { createEvaluator } from "../engine/evaluate";
import { newSweeper, openFloat64 } from "../engine/float64";
import { Inspector } from "../engine/inspect/inspector";
import type { Predict } from "../engine/inspect/predictor";
import { sliceOf } from "../engine/inspect/slicer";
import type { StepAnalyser } from "../engine/inspect/stepAnalyser";
import type { MarkStep } from "../engine/inspect/stepMarker";
import { TimeSlices } from "../engine/inspect/timeSlices";
import type { EngineReport, ObserverApi, Question, StepQuestion } from "./api";
import type { OpenEngine } from "./open";

/** Answers questions about steps of a run with one engine. */
interface Analysis {
  readonly inspector: Inspector;
  readonly loss: () => DirectionalLoss;
  /** Loads the analyser's code at the first call: few runs are probed. */
  readonly analyser: () => Promise<StepAnalyser>;
  dispose(): void;
}

interface Run {
  readonly start: Start;
  /** Whether the next minibatch judges every step. */
  readonly judged: boolean;
  /** Of the worker that trains. */
  readonly engine: EngineReport;
  /** On an engine of the kind that trains; opened at the first question that needs it. */
  exact: Promise<Analysis> | null;
  /** On the cpu engine, for single steps of a run on a GPU. */
  quick: Analysis | null;
  /** Made at the first prediction, whose code is loaded then; `mark` likewise. */
  readonly predict: () => Promise<Predict>;
  readonly mark: () => Promise<MarkStep>;
  /** Made at the first evaluation. */
  evaluate: ReturnType<typeof createEvaluator> | null;
}

/** Parameters × rows up to which the cpu engine takes a step about as quickly as a GPU. */
const quickProducts = 2 ** 19;

/** The worker's side of the observer's protocol. `engine.worker.ts` exposes it through Comlink; tests call it directly. */
export function createObserverApi(openEngine: OpenEngine): ObserverApi {
  let current: Run | null = null;
  /** The questions that are not answered yet. */
  const asked = new Set<number>();
  /** Settles when every question so far is answered; never rejects. */
  let answered: Promise<unknown> = Promise.resolve();

  /** Works on a question in time slices, until it is answered or dropped. */
  function answer<T>({ id }: Question, work: (run: Run, slices: TimeSlices) => Promise<T>): Promise<T> {
    const run = current;
    if (!run) return Promise.reject(new Error("No run has been loaded yet."));
    asked.add(id);
    const result = work(run, new TimeSlices(() => asked.has(id))).finally(() => asked.delete(id));
    answered = Promise.allSettled([answered, result]).then(() => {});
    return result;
  }

  /** A question about a step, for the engine that answers it. */
  function answerStep<T>(
    question: StepQuestion,
    work: (analysis: Analysis, slices: TimeSlices, run: Run) => Promise<T>,
  ): Promise<T> {
    return answer(question, async (run, slices) => {
      const analysis = question.quick && quickSuffices(run, question) ? quickAnalysis(run) : await exactAnalysis(run);
      return work(analysis, slices, run);
    });
  }

  function exactAnalysis(run: Run): Promise<Analysis> {
    const { start, engine } = run;
    run.exact ??= openEngine(engine.kind, start.problem, initialState(start)).then((opened) => {
      if (opened.report.kind === engine.kind) return analysisOf(run, opened.engine, opened.loss, opened.dispose);
      opened.dispose();
      throw new Error("Steps cannot be inspected: there is no second engine of the kind that trains.");
    });
    run.exact.catch(() => {
      run.exact = null; // the next question opens it again
    });
    return run.exact;
  }

  return {
    async load(request, engine) {
      const start = startOf(request.recipe, request.case, request.table ?? null);
      asked.clear();
      const previous = current;
      current = {
        start,
        judged: request.judged,
        engine,
        exact: null,
        quick: null,
        predict: madeOnce(() => predictorOf(start)),
        mark: madeOnce(() => markerOf(start)),
        evaluate: null,
      };
      await answered;
      if (previous) dispose(previous);
    },

    inspect: (question) =>
      answerStep(question, async ({ inspector }, slices) => (await inspector.replay(question, slices)).inspection),

    slice: (question, alphas, fullMs) =>
      answerStep(question, async ({ inspector, loss }, slices, { start }) =>
        sliceOf(await inspector.replay(question, slices), loss(), start.problem, alphas, fullMs, slices),
      ),

    probe: (question, kind, options) =>
      answerStep(question, async ({ inspector, analyser }, slices) => {
        const replayed = await inspector.replay(question, slices);
        return (await analyser()).answer(kind, replayed, options, slices);
      }),

    rangeTest: (question, range) =>
      answer(question, async (run, slices) => {
        const { inspector } = await exactAnalysis(run);
        const { rangeTest } = await fetchPart("The range test", () => import("../engine/experiment/rangeTest"));
        const { start, judged } = run;
        return inspector.use((engine) => rangeTest(engine, start, question, range, slices, { judged }));
      }),

    predict: (question, alphas) =>
      answerStep(question, async ({ inspector }, slices, run) => {
        const replayed = await inspector.replay(question, slices);
        return (await run.predict())(replayed, alphas, slices);
      }),

    mark: (question) =>
      answerStep(question, async ({ inspector }, slices, run) => {
        const replayed = await inspector.replay(question, slices);
        return (await run.mark())(replayed, slices);
      }),

    evaluate: (question, theta) =>
      answer(question, async (run, slices) => {
        run.evaluate ??= createEvaluator(run.start);
        return run.evaluate(theta, () => slices.next());
      }),

    async drop(questions) {
      for (const id of questions) asked.delete(id);
    },
  };
}

async function predictorOf(start: Start): Promise<Predict> {
  const part = await fetchPart("The predictions of a step", () => import("../engine/inspect/predictor"));
  return part.createPredictor(start);
}

async function markerOf(start: Start): Promise<MarkStep> {
  const part = await fetchPart("The marks of a step", () => import("../engine/inspect/stepMarker"));
  return part.createStepMarker(start);
}

/** Makes a value at the first call, and again after an attempt that has failed. */
function madeOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    made.catch(() => {
      made = null;
    });
    return made;
  };
}

/** Whether the cpu engine answers sooner than the GPU: no replay is needed, and the step is small or the GPU is emulated. */
function quickSuffices({ engine, start }: Run, { step, from, recipe }: StepQuestion): boolean {
  const products = from.theta.length * Math.min(start.problem.rows, settingsAt(recipe, step).batchSize);
  return engine.kind === "webgl" && from.step === step - 1 && (engine.software || products <= quickProducts);
}

function quickAnalysis(run: Run): Analysis {
  const { start } = run;
  if (!run.quick) {
    const { engine } = openFloat64(start.problem, initialState(start));
    const loss = createCpuDirectionalLoss(start.problem, newSweeper);
    run.quick = analysisOf(
      run,
      engine,
      () => loss,
      () => engine.dispose(),
    );
  }
  return run.quick;
}

function analysisOf(
  { start, judged }: Run,
  engine: Engine,
  loss: () => DirectionalLoss,
  dispose: () => void,
): Analysis {
  return {
    inspector: new Inspector(engine, start, { judged }),
    loss,
    analyser: madeOnce(async () => {
      const part = await fetchPart("The analysis of a step", () => import("../engine/inspect/stepAnalyser"));
      return new part.StepAnalyser(loss, start, engine.rounding);
    }),
    dispose,
  };
}

/** Frees the engines of a run without open questions. */
function dispose({ exact, quick }: Run): void {
  quick?.dispose();
  exact?.then(
    (analysis) => analysis.dispose(),
    () => {}, // the question has rejected with the reason
  );
}
