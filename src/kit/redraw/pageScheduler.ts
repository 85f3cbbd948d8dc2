import { flushSync } from "react-dom";
import { makeScheduler } from "./scheduler";

/** The scheduler of the page. */
export const pageScheduler = makeScheduler({
  requestFrame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
  flush: flushSync,
});
