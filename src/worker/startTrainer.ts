import { wrap } from "comlink";
import type { TrainerApi } from "./api";
import { guarded, type StartTrainer } from "./client";
import { newWorker } from "./newWorker";

/** Starts the trainer's worker. Where its script cannot be loaded, the first call rejects. */
export const startTrainer: StartTrainer = () => {
  if (typeof Worker === "undefined") {
    throw new Error("This browser has no Web Workers, in which Alphascope trains. Open the page in a current browser.");
  }
  const worker = newWorker();
  const remote = wrap<TrainerApi>(worker);
  return guarded(worker, remote);
};
