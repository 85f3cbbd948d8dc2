import TrainerWorker from "./trainer.worker?worker&inline";

/** The trainer's worker, from a script inside the page: a page opened from a disk may load no other file. */
export function newWorker(): Worker {
  return new TrainerWorker();
}
