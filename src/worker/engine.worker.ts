import { expose, transfer } from "comlink";
import { buffersOf } from "../core/history/metrics";
import type { TrainerApi } from "./api";
import { createObserverApi } from "./observerApi";
import { createOpenEngine } from "./open";
import { createTrainerApi } from "./trainerApi";

const canvases = typeof OffscreenCanvas !== "undefined";
const openEngine = createOpenEngine(canvases ? () => new OffscreenCanvas(1, 1) : null);

/** One script for both workers, which the browser loads once: the name of the worker selects the protocol. */
if (self.name === "observer") expose(createObserverApi(openEngine));
else {
  const api = createTrainerApi(openEngine);
  expose({
    ...api,
    // Columns and d are transferred. The checkpoint is copied: the trainer returns to it when training diverges.
    advance: async (steps, budgetMs) => {
      const chunk = await api.advance(steps, budgetMs);
      return transfer(chunk, [
        ...buffersOf(chunk.columns),
        ...(chunk.direction ? [chunk.direction.buffer as ArrayBuffer] : []),
      ]);
    },
  } satisfies TrainerApi);
}
