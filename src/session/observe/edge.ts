import { createStore, type StoreApi } from "zustand/vanilla";
import { commonSteps } from "../../core/recipe/difference";
import type { EdgeProbe, ExtremesProbe, ProbeRows } from "../../engine/inspect/probes";
import { type HistoryHost, watchHistory } from "./historyChanges";
import type { ProbesState } from "./probes";

/** The top eigenvalue of the preconditioned Hessian at one step. */
export interface EdgePoint {
  readonly step: number;
  /** λmax of P^{−1/2}HP^{−1/2}, in units of 1/step. */
  readonly largest: number;
  /** Number of rows of the Hessian: all rows, or as many as can be afforded. */
  readonly rows: number;
}

/** The points of the run so far, in the order of steps; the Hessian of the minibatch and that of all rows are kept apart. */
export type EdgeState = Readonly<Record<ProbeRows, readonly EdgePoint[]>>;

/** Maximum number of points, which is the number that a chart draws. */
export const maxEdgePoints = 300;

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

/**
 * Adds a point, or replaces the point of the same step. Above `maxEdgePoints` the point with the nearest neighbours is
 * removed, so that the points stay about evenly spaced.
 */
export function withPoint(points: readonly EdgePoint[], point: EdgePoint): readonly EdgePoint[] {
  const place = points.findLastIndex(({ step }) => step <= point.step);
  const same = points[place]?.step === point.step;
  const all = points.toSpliced(same ? place : place + 1, same ? 1 : 0, point);
  if (all.length <= maxEdgePoints) return all;
  const between = (k: number) => (all[k + 1] as EdgePoint).step - (all[k - 1] as EdgePoint).step;
  let closest = 1;
  for (let k = 2; k < all.length - 1; k++) if (between(k) < between(closest)) closest = k;
  return all.toSpliced(closest, 1);
}
