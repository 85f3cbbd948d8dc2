import { wrap } from "comlink";
import type { TrainerApi } from "./api";
import { guarded, type StartTrainer } from "./client";
import { newWorker } from "./newWorker";

/** Starts the trainer's worker. Where its script cannot be loaded, the first call rejects. */
export const startTrainer: StartTrainer = () => {
  if (typeof Worker === "undefined") {
    throw new Error("This browser has no Web Workers, in which Alphascope trains. Open the page in a current browser.");
  }
  const worker = startedWorker();
  const remote = wrap<TrainerApi>(worker);
  return guarded(worker, remote);
};

/** @throws Error with the remedy where the page has no origin: browsers then start no worker from a file */
function startedWorker(): Worker {
  try {
    return newWorker();
  } catch (error) {
    throw self.origin === "null" ? new Error(noOrigin, { cause: error }) : error;
  }
}

const noOrigin =
  "This page is in a sandboxed frame, in which the browser starts no workers. Add allow-same-origin to the sandbox attribute of the frame.";
