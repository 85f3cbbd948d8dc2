import { useMemo } from "react";
import { useStore } from "zustand";
import type { Tensor } from "../core/problem";
import type { Session } from "../store/session";
import type { Vectors } from "./fields";
import { useSnapshot } from "./useSnapshot";

/** Five times a second: many numbers, none of which can be followed faster. */
const interval = 200;

interface Snapshot {
  readonly tensors: readonly Tensor[];
  /** The latest step; 0 before the first. */
  readonly step: number;
}

const derive = (session: Session): Snapshot => {
  const { tensors, length } = session.history();
  return { tensors, step: length };
};

/** The vectors of the step under the cursor, or of the latest. */
export function useVectors(session: Session): { tensors: readonly Tensor[]; vectors: Vectors } {
  const latest = useSnapshot(session, derive, interval);
  const cursor = useStore(session.view, (view) => view.cursor);
  return useMemo(() => {
    const step = cursor ?? latest.step;
    const direction = session.history().direction(step) ?? (cursor === null ? latestDirection(session) : null);
    return { tensors: latest.tensors, vectors: { ...(direction && { direction }) } };
  }, [session, latest, cursor]);
}

/** d of the last step even where the history, having gone back, does not hold it. */
function latestDirection(session: Session): Float64Array | null {
  const parts = session.history().length > 0 ? session.direction() : [];
  return parts.length > 0 ? Float64Array.from(parts.flatMap(({ values }) => values)) : null;
}
