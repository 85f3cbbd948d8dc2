import { useMemo } from "react";
import { useStore } from "zustand";
import { type Tensor, tensorsOf } from "../../core/data/problem";
import type { Vectors } from "../../core/history/fields";
import { optimisers } from "../../core/recipe/optimisers";
import type { Inspection } from "../../engine/inspect/inspector";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import type { Session } from "../../session/session";

/** Least time between two redraws of the network, in ms. */
const interval = 80;

interface Snapshot {
  readonly tensors: readonly Tensor[];
  /** The latest step; 0 before the first. */
  readonly step: number;
  readonly playing: boolean;
  /** Whether the optimiser has a v. */
  readonly adaptive: boolean;
  readonly inspection: Inspection | null;
}

const derive = (session: Session): Snapshot => {
  const { tensors, length } = session.history();
  const { inspection } = session.inspection.getState();
  const { phase, recipe } = session.store.getState();
  return {
    // Before the run is loaded, the tensors of its recipe.
    tensors: tensors.length > 0 ? tensors : tensorsOf([recipe.inputs, ...recipe.hidden, recipe.outputs]),
    step: length,
    playing: phase === "playing",
    adaptive: optimisers[recipe.optimiser].adaptive,
    inspection,
  };
};

/** The vectors of the step under the cursor, else of the latest step; while the run plays, of the latest inspected step. */
export function useVectors(session: Session): { tensors: readonly Tensor[]; vectors: Vectors } {
  const latest = useSnapshot(session, derive, interval);
  const cursor = useStore(session.view, (view) => view.cursor);
  const inspection = useStore(session.inspection, (state) => state.inspection);
  return useMemo(() => {
    const { tensors, step: end, playing, adaptive } = latest;
    // While the run plays, the snapshot's inspection: the drawing then changes at the snapshot's interval.
    const inspected = playing && cursor === null ? latest.inspection : inspection;
    const step = cursor ?? end;
    if (inspected && (inspected.step === step || (playing && cursor === null))) {
      const { v, ...rest } = inspected;
      return { tensors, vectors: adaptive ? inspected : rest };
    }
    const direction = session.history().direction(step) ?? (cursor === null ? latestDirection(session) : null);
    return { tensors, vectors: { ...(direction && { direction }) } };
  }, [session, latest, cursor, inspection]);
}

/** d of the latest step, also after a rewind to a step whose d the history has not kept. */
function latestDirection(session: Session): Float64Array | null {
  const parts = session.history().length > 0 ? session.direction() : [];
  return parts.length > 0 ? Float64Array.from(parts.flatMap(({ values }) => values)) : null;
}
