import EngineWorker from "./engine.worker?worker&inline";

/* The workers, from a script inside the page: a page opened from a disk may load no other file. */

export const newTrainer = (): Worker => new EngineWorker({ name: "trainer" });

export const newObserver = (): Worker => new EngineWorker({ name: "observer" });

export const newExperimenter = (): Worker => new EngineWorker({ name: "experimenter" });
