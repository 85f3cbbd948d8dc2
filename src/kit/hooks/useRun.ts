import { useStore } from "zustand";
import type { Session } from "../../session/session";
import type { RunState } from "../../session/state";

/** A part of the run's state. The component renders again only when this part changes. */
export function useRun<T>(session: Session, select: (run: RunState) => T): T {
  return useStore(session.store, select);
}
