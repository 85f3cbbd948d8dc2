import { type RefObject, useEffect } from "react";

/**
 * Calls `use` while an element is in sight: inside the view of the window, on a page that is not hidden. A panel that no one can
 * see thus requests no answers.
 *
 * @param use begins to request answers, and returns a function that ends it; null where none are needed. Must be stable
 */
export function useInSight(element: RefObject<Element | null>, use: (() => () => void) | null): void {
  useEffect(() => {
    if (!element.current || !use) return;
    let end: (() => void) | null = null;
    let inView = false;
    function update(): void {
      const inSight = inView && document.visibilityState === "visible";
      if (inSight) end ??= use?.() ?? null;
      else {
        end?.();
        end = null;
      }
    }
    const observer = new IntersectionObserver((entries) => {
      inView = entries.at(-1)?.isIntersecting ?? false;
      update();
    });
    observer.observe(element.current);
    document.addEventListener("visibilitychange", update);
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", update);
      end?.();
    };
  }, [element, use]);
}
