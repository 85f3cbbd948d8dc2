/** The trainer's worker, from its own file. The single-file build takes newWorker.inline.ts instead. */
export function newWorker(): Worker {
  return new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module" });
}
