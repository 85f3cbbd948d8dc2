import { wrap } from "comlink";
import type { ObserverApi, TrainerApi } from "./api";
import {
  guardedExperimenter,
  guardedObserver,
  guardedTrainer,
  type StartExperimenter,
  type StartObserver,
  type StartTrainer,
} from "./client";
import type { ExperimentApi } from "./experiment/protocol";
import { newExperimenter, newObserver, newTrainer } from "./newWorker";

/** Starts the worker that trains. Where its script cannot be loaded, the first call rejects. */
export const startTrainer: StartTrainer = () => {
  if (typeof Worker === "undefined") {
    throw new Error("This browser has no Web Workers, in which Alphascope trains. Open the page in a current browser.");
  }
  const worker = started(newTrainer);
  return guardedTrainer(worker, wrap<TrainerApi>(worker));
};

/** Starts the worker that answers questions. Where its script cannot be loaded, the first call rejects. */
export const startObserver: StartObserver = () => {
  const worker = started(newObserver);
  return guardedObserver(worker, wrap<ObserverApi>(worker));
};

/** Starts a worker that trains the runs of a sweep. Where its script cannot be loaded, the first call rejects. */
export const startExperimenter: StartExperimenter = () => {
  const worker = started(newExperimenter);
  return guardedExperimenter(worker, wrap<ExperimentApi>(worker));
};

/** @throws Error with the remedy where the page has no origin: browsers then start no worker from a file */
function started(newWorker: () => Worker): Worker {
  try {
    return newWorker();
  } catch (error) {
    throw self.origin === "null" ? new Error(noOrigin, { cause: error }) : error;
  }
}

const noOrigin =
  "This page is in a sandboxed frame, in which the browser starts no workers. Add allow-same-origin to the sandbox attribute of the frame.";
