/** The worker that reads CSV files, from a file of its own. The single-file build uses newWorker.inline.ts instead. */
export function newWorker(): Worker {
  return new Worker(new URL("./csv.worker.ts", import.meta.url), { type: "module" });
}
