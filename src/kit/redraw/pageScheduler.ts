import { flushSync } from "react-dom";
import { makeScheduler } from "./scheduler";

/** The scheduler of the page. */
export const pageScheduler = makeScheduler({
  requestFrame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
  flush: flushSync,
});

// A printed page has all charts, also those out of sight.
if (typeof window !== "undefined") window.addEventListener("beforeprint", () => pageScheduler.drawAll());
