import { createContext, type RefObject, useEffect, useState } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";

/** Whether the panel around a chart is near the view of the window; null outside such a panel. A chart that is not near is not redrawn. */
export const Sight = createContext<StoreApi<boolean> | null>(null);

/** Distance from the view within which a panel is near. */
const margin = "200px";

/** Whether an element is near the view of the window. @param atFirst before the first measurement */
export function useNear(element: RefObject<Element | null>, atFirst: boolean): StoreApi<boolean> {
  const [near] = useState(() => createStore(() => atFirst));
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) => near.setState(entries.at(-1)?.isIntersecting ?? false, true),
      { rootMargin: margin },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, near]);
  return near;
}
