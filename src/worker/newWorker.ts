/** The trainer's worker, from a file of its own. The single-file build uses newWorker.inline.ts instead. */
export function newWorker(): Worker {
  return new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module" });
}
