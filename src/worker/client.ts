import { type Remote, wrap } from "comlink";
import type { ProbeAnswers, ProbeKind } from "../engine/inspect/probes";
import type { TrainerApi } from "./api";
import { newWorker } from "./newWorker";

/** The trainer in its worker. Every call rejects once the worker is dead; none waits for ever. */
export interface TrainerClient extends TrainerApi {
  terminate(reason?: string): void;
}
/** @throws where there are no workers, with a sentence for the user */
export type StartTrainer = () => TrainerClient;

/** The worker is gone; its run can be taken up by another. */
export class WorkerDied extends Error {
  override readonly name = "WorkerDied";
}

/** Starts the trainer's worker. It may still fail to load: then the first call rejects. */
export const startTrainer: StartTrainer = () => {
  if (typeof Worker === "undefined") {
    throw new Error("This browser offers no Web Workers, in which Alphascope trains. A current browser has them.");
  }
  const worker = newWorker();
  const remote = wrap<TrainerApi>(worker);
  return guarded(worker, remote);
};

type Asked = Parameters<TrainerApi["probe"]> extends [ProbeKind, ...infer Rest] ? Rest : never;

/** What a client needs of a worker to notice its death. */
export type Mortal = Pick<Worker, "addEventListener" | "terminate">;

/** A client whose calls fail when the worker does: a dead worker answers nothing, and Comlink would wait for ever. */
export function guarded(worker: Mortal, remote: TrainerApi | Remote<TrainerApi>): TrainerClient {
  const waiting = new Set<(reason: WorkerDied) => void>();
  let death: WorkerDied | null = null;
  const fail = (message: string) => {
    death ??= new WorkerDied(message);
    for (const reject of waiting) reject(death);
    waiting.clear();
    worker.terminate();
  };
  worker.addEventListener("error", (event) => fail(`The training worker failed: ${messageOf(event)}.`));
  worker.addEventListener("messageerror", () => fail("The training worker sent a message that cannot be read."));
  // Not Promise.race: a race against a promise that stays pending keeps every answer in memory.
  const alive = <T>(ask: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (death) return reject(death);
      waiting.add(reject);
      ask()
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
  return {
    load: (request) => alive(() => remote.load(request)),
    advance: (steps, budgetMs) => alive(() => remote.advance(steps, budgetMs)),
    edit: (settings, known) => alive(() => remote.edit(settings, known)),
    revise: (recipe) => alive(() => remote.revise(recipe)),
    restore: (checkpoint) => alive(() => remote.restore(checkpoint)),
    inspect: (step, from, quick) => alive(() => remote.inspect(step, from, quick)),
    evaluate: (theta) => alive(() => remote.evaluate(theta)),
    slice: (alphas) => alive(() => remote.slice(alphas)),
    probe: <K extends ProbeKind>(kind: K, ...asked: Asked) =>
      // Comlink does not see that the answer is of the kind asked for.
      alive(() => remote.probe(kind, ...asked) as Promise<ProbeAnswers[K]>),
    terminate: (reason = "The training worker was stopped.") => fail(reason),
  };
}

/** A script that fails to load gives an event without a message. */
function messageOf(event: Event): string {
  const message = "message" in event && typeof event.message === "string" ? event.message : "";
  return message || "its script could not be loaded or run";
}
