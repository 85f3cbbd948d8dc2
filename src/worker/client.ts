import type { Remote } from "comlink";
import type { ProbeAnswers, ProbeKind } from "../engine/inspect/probes/probes";
import type { TrainerApi } from "./api";

/** The trainer in its worker. Every call rejects when the worker has died. */
export interface TrainerClient extends TrainerApi {
  terminate(reason?: string): void;
}
/** @throws Error where the browser has no workers, with a message for the user */
export type StartTrainer = () => TrainerClient;

/** The worker has died. Another worker can resume the run from a checkpoint. */
export class WorkerDied extends Error {
  override readonly name = "WorkerDied";
}

type ProbeArguments = Parameters<TrainerApi["probe"]> extends [ProbeKind, ...infer Rest] ? Rest : never;

/** A client whose calls reject when the worker dies. A dead worker sends no answer: Comlink alone would wait forever. */
export function guarded(
  worker: Pick<Worker, "addEventListener" | "terminate">,
  remote: TrainerApi | Remote<TrainerApi>,
): TrainerClient {
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
  // Not Promise.race: a race against a promise that stays pending keeps every result in memory.
  const whileAlive = <T>(call: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (death) return reject(death);
      waiting.add(reject);
      call()
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
  return {
    load: (request) => whileAlive(() => remote.load(request)),
    advance: (steps, budgetMs) => whileAlive(() => remote.advance(steps, budgetMs)),
    edit: (change, measuredSteps) => whileAlive(() => remote.edit(change, measuredSteps)),
    revise: (recipe) => whileAlive(() => remote.revise(recipe)),
    restore: (checkpoint) => whileAlive(() => remote.restore(checkpoint)),
    inspect: (step, from, quick) => whileAlive(() => remote.inspect(step, from, quick)),
    evaluate: (theta) => whileAlive(() => remote.evaluate(theta)),
    slice: (alphas) => whileAlive(() => remote.slice(alphas)),
    probe: <K extends ProbeKind>(kind: K, ...rest: ProbeArguments) =>
      // Comlink's types lose that the answer belongs to `kind`.
      whileAlive(() => remote.probe(kind, ...rest) as Promise<ProbeAnswers[K]>),
    terminate: (reason = "The training worker was stopped.") => fail(reason),
  };
}

/** The event of a script that cannot be loaded has no message. */
function messageOf(event: Event): string {
  const message = "message" in event && typeof event.message === "string" ? event.message : "";
  return message || "its script could not be loaded or run";
}
