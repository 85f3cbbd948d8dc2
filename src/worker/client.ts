import type { Remote } from "comlink";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "../engine/inspect/probes/probes";
import type { ObserverApi, StepQuestion, TrainerApi } from "./api";
import type { ExperimentApi } from "./experiment/protocol";

interface Terminable {
  /** Ends the worker: pending and later calls reject. */
  terminate(reason?: string): void;
}
/** A worker of the page. Every call rejects when the worker has died. */
export type TrainerClient = TrainerApi & Terminable;
export type ObserverClient = ObserverApi & Terminable;
export type ExperimentClient = ExperimentApi & Terminable;

/** @throws Error where the browser has no workers, with a message for the user */
export type StartTrainer = () => TrainerClient;
export type StartObserver = () => ObserverClient;
export type StartExperimenter = () => ExperimentClient;

/** The worker has died. Another worker can resume the run from a checkpoint. */
export class WorkerDied extends Error {
  override readonly name = "WorkerDied";
}

type GuardedWorker = Pick<Worker, "addEventListener" | "terminate">;

/** Calls to a worker that reject when the worker dies. A dead worker sends no answer: Comlink alone would wait forever. */
function guard(
  worker: GuardedWorker,
  name: string,
): Terminable & { whileAlive<T>(call: () => Promise<T>): Promise<T> } {
  const waiting = new Set<(reason: WorkerDied) => void>();
  let death: WorkerDied | null = null;
  const fail = (message: string) => {
    death ??= new WorkerDied(message);
    for (const reject of waiting) reject(death);
    waiting.clear();
    worker.terminate();
  };
  worker.addEventListener("error", (event) => fail(`The ${name} failed: ${messageOf(event)}.`));
  worker.addEventListener("messageerror", () => fail(`The ${name} sent a message that cannot be read.`));
  return {
    // Not Promise.race: a race against a promise that stays pending keeps every result in memory.
    whileAlive: (call) =>
      new Promise((resolve, reject) => {
        if (death) return reject(death);
        waiting.add(reject);
        call()
          .then(resolve, reject)
          .finally(() => waiting.delete(reject));
      }),
    terminate: (reason = `The ${name} was stopped.`) => fail(reason),
  };
}

/** The client of a worker that trains. */
export function guardedTrainer(worker: GuardedWorker, remote: TrainerApi | Remote<TrainerApi>): TrainerClient {
  const { whileAlive, terminate } = guard(worker, "training worker");
  return {
    load: (request) => whileAlive(() => remote.load(request)),
    advance: (steps, budgetMs, stop) => whileAlive(() => remote.advance(steps, budgetMs, stop)),
    edit: (change, measuredSteps) => whileAlive(() => remote.edit(change, measuredSteps)),
    revise: (recipe) => whileAlive(() => remote.revise(recipe)),
    restore: (checkpoint) => whileAlive(() => remote.restore(checkpoint)),
    terminate,
  };
}

/** The client of a worker that answers questions. */
export function guardedObserver(worker: GuardedWorker, remote: ObserverApi | Remote<ObserverApi>): ObserverClient {
  const { whileAlive, terminate } = guard(worker, "observing worker");
  return {
    load: (request, engine) => whileAlive(() => remote.load(request, engine)),
    inspect: (question) => whileAlive(() => remote.inspect(question)),
    slice: (question, alphas, fullMs) => whileAlive(() => remote.slice(question, alphas, fullMs)),
    probe: <K extends ProbeKind>(question: StepQuestion, kind: K, options: ProbeOptions) =>
      // Comlink's types lose that the answer belongs to `kind`.
      whileAlive(() => remote.probe(question, kind, options) as Promise<ProbeAnswers[K]>),
    rangeTest: (question, range) => whileAlive(() => remote.rangeTest(question, range)),
    predict: (question, alphas) => whileAlive(() => remote.predict(question, alphas)),
    mark: (question) => whileAlive(() => remote.mark(question)),
    evaluate: (question, theta) => whileAlive(() => remote.evaluate(question, theta)),
    drop: (questions) => whileAlive(() => remote.drop(questions)),
    terminate,
  };
}

/** The client of a worker that trains the runs of a sweep. */
export function guardedExperimenter(
  worker: GuardedWorker,
  remote: ExperimentApi | Remote<ExperimentApi>,
): ExperimentClient {
  const { whileAlive, terminate } = guard(worker, "worker of the sweep");
  return {
    load: (table) => whileAlive(() => remote.load(table)),
    begin: (recipe, steps) => whileAlive(() => remote.begin(recipe, steps)),
    advance: (budgetMs) => whileAlive(() => remote.advance(budgetMs)),
    terminate,
  };
}

/** The event of a script that cannot be loaded has no message. */
function messageOf(event: Event): string {
  const message = "message" in event && typeof event.message === "string" ? event.message : "";
  return message || "its script could not be loaded or run";
}
