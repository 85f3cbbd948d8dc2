/** Longest wait, in ms: a page in the background has no frames. */
const timeout = 200;

/** Resolves when the browser has painted the page as it is now. */
export function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    // A task that a frame starts runs after the frame is painted.
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, document.visibilityState === "hidden" ? 0 : timeout);
  });
}
