/*
 * The workers, from a file of their own. The single-file build uses newWorker.inline.ts instead. Vite reads the options from the
 * source text, so that the name cannot be a variable.
 */

export const newTrainer = (): Worker =>
  new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "trainer" });

export const newObserver = (): Worker =>
  new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "observer" });

export const newExperimenter = (): Worker =>
  new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "experimenter" });
