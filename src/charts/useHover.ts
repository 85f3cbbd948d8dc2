import { useStore } from "zustand";
import type { Session } from "../store/session";

/** Readings under the cursor cost a redraw each and cannot be read while the run races: only when paused or slow. */
export function useHover(session: Session): boolean {
  return useStore(session.store, ({ phase, speed }) => phase !== "playing" || speed <= 10);
}
