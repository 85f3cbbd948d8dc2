import { createStore, type StoreApi } from "zustand/vanilla";
import { commonSteps } from "../../core/recipe/difference";
import type { EdgeProbe, ExtremesProbe, ProbeRows } from "../../engine/inspect/probes/probes";
import { type EdgePoint, withPoint } from "./edgePoints";
import { type HistoryHost, watchHistory } from "./historyChanges";
import type { ProbesState } from "./probes";

/** The points of the run so far, in the order of steps; the Hessian of the minibatch and that of all rows are kept apart. */
export type EdgeState = Readonly<Record<ProbeRows, readonly EdgePoint[]>>;

const noPoints: EdgeState = { batch: [], full: [] };

/**
 * Keeps the top eigenvalues that the probes find. Going back keeps all points; a branch removes the points after its
 * beginning, and another run removes all.
 */
export function createEdge(host: HistoryHost, probes: Pick<StoreApi<ProbesState>, "subscribe">): StoreApi<EdgeState> {
  const store = createStore<EdgeState>()(() => noPoints);

  function add({ step, on, rows }: EdgeProbe | ExtremesProbe, largest: number): void {
    store.setState({ [on]: withPoint(store.getState()[on], { step, largest, rows }) });
  }
  probes.subscribe(({ edge, extremes }, previous) => {
    if (edge && edge !== previous.edge) add(edge, edge.largest.value);
    if (extremes && extremes !== previous.extremes) add(extremes, extremes.preconditioned.largest.value);
  });

  host.store.subscribe(({ recipe }, previous) => {
    if (recipe === previous.recipe) return;
    const alike = commonSteps(previous.recipe, recipe);
    if (alike === Number.POSITIVE_INFINITY) return;
    const upTo = (points: readonly EdgePoint[]) => points.filter(({ step }) => step <= alike);
    const { batch, full } = store.getState();
    store.setState({ batch: upTo(batch), full: upTo(full) });
  });
  watchHistory(host).on("replaced", () => store.setState(noPoints));
  return store;
}
