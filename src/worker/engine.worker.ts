import { expose, transfer } from "comlink";
import { fetchPart } from "../core/async/fetchPart";
import type { Checkpoint } from "../core/history/checkpoints";
import { buffersOf } from "../core/history/metrics";
import type { TrainerApi } from "./api";
import type { ExperimentApi } from "./experiment/protocol";
import { createObserverApi } from "./observerApi";
import { createOpenEngine } from "./open";
import { createTrainerApi } from "./trainerApi";

const canvases = typeof OffscreenCanvas !== "undefined";
const openEngine = createOpenEngine(canvases ? () => new OffscreenCanvas(1, 1) : null);

/** One script for all workers, which the browser loads once: the name of the worker selects the protocol. */
if (self.name === "observer") expose(createObserverApi(openEngine));
else if (self.name === "experimenter") {
  // Exposed at once: a message that arrives before has no receiver.
  const api = fetchPart("The sweep", () => import("./experiment/experimentApi")).then((part) =>
    part.createExperimentApi(),
  );
  api.catch(() => {}); // every call rejects with the reason
  expose({
    load: async (table) => (await api).load(table),
    begin: async (recipe, steps) => (await api).begin(recipe, steps),
    advance: async (budgetMs) => (await api).advance(budgetMs),
  } satisfies ExperimentApi);
} else {
  const api = createTrainerApi(openEngine);
  expose({
    ...api,
    // Columns, d and a copy of the checkpoint are transferred: the trainer returns to the checkpoint when training diverges.
    advance: async (steps, budgetMs, stop) => {
      const { columns, direction, checkpoint: kept } = await api.advance(steps, budgetMs, stop);
      const checkpoint = copyOf(kept);
      const { theta, m, v, vMax } = checkpoint;
      const vectors = [theta, m, v, vMax, ...(direction ? [direction] : [])];
      return transfer({ columns, direction, checkpoint }, [
        ...buffersOf(columns),
        ...vectors.map(({ buffer }) => buffer as ArrayBuffer),
      ]);
    },
  } satisfies TrainerApi);
}

/** A copy to transfer takes less than half the time of the structured clone of a message, and none on the page's thread. */
function copyOf(checkpoint: Checkpoint): Checkpoint {
  const { theta, m, v, vMax } = checkpoint;
  return { ...checkpoint, theta: theta.slice(), m: m.slice(), v: v.slice(), vMax: vMax.slice() };
}
