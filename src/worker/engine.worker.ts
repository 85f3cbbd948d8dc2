import { expose, transfer } from "comlink";
import { fetchPart } from "../core/async/fetchPart";
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
    // Transferred: a structured clone takes twice the time of a copy, and takes it on the page's thread too.
    advance: async (steps, budgetMs, stop) => {
      const { columns, direction, checkpoint } = await api.advance(steps, budgetMs, stop);
      const { theta, m, v, vMax } = checkpoint;
      const vectors = [theta, m, v, vMax, ...(direction ? [direction] : [])];
      return transfer({ columns, direction, checkpoint }, [
        ...buffersOf(columns),
        ...vectors.map(({ buffer }) => buffer as ArrayBuffer),
      ]);
    },
  } satisfies TrainerApi);
}
