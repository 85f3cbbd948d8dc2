import { createStore, type StoreApi } from "zustand/vanilla";
import type { History } from "../../core/history/history";
import { commonSteps } from "../../core/recipe/difference";
import type { EdgeProbe, ExtremesProbe, ProbeRows } from "../../engine/inspect/probes";
import type { Probeable, ProbesState } from "./probes";

/** Where a step of the run stood against the edge of stability. */
export interface EdgePoint {
  readonly step: number;
  /** λmax of P^{−1/2}HP^{−1/2} at the step, in units of 1/step. */
  readonly largest: number;
  /** How many rows it is of: all, or as many of them as can be afforded. */
  readonly rows: number;
}

/** What has been measured of the run so far, in the order of steps; on a batch and on all rows apart, for they are two matrices. */
export type EdgeState = Readonly<Record<ProbeRows, readonly EdgePoint[]>>;

/** As many as a chart draws. */
export const maxEdgePoints = 300;

const nothing: EdgeState = { batch: [], full: [] };

/**
 * Keeps the largest preconditioned eigenvalues that the probes find as the run goes on, or as a hand goes over it, whether
 * the edge is followed or they are open.
 * Going back keeps them; what another way makes untrue is dropped, and all of them with the run.
 */
export function createEdge(
  run: Pick<Probeable, "store" | "history">,
  probes: Pick<StoreApi<ProbesState>, "subscribe">,
): StoreApi<EdgeState> {
  const store = createStore<EdgeState>()(() => nothing);
  let history: History = run.history();

  probes.subscribe(({ edge, extremes }, before) => {
    if (edge && edge !== before.edge) take(edge, edge.largest.value);
    if (extremes && extremes !== before.extremes) take(extremes, extremes.preconditioned.largest.value);
  });
  function take({ step, on, rows }: EdgeProbe | ExtremesProbe, largest: number): void {
    store.setState({ [on]: withPoint(store.getState()[on], { step, largest, rows }) });
  }
  run.store.subscribe(({ recipe }, before) => {
    if (run.history() !== history) {
      history = run.history();
      store.setState(nothing);
    } else if (recipe !== before.recipe) {
      const alike = commonSteps(before.recipe, recipe);
      const { batch, full } = store.getState();
      const still = (points: readonly EdgePoint[]) => points.filter(({ step }) => step <= alike);
      if (alike < Number.POSITIVE_INFINITY) store.setState({ batch: still(batch), full: still(full) });
    }
  });
  return store;
}

/**
 * The points with one more, in place of one of the same step. Where they get too many, the one with the nearest
 * neighbours goes: they stay about evenly spaced, however long the run is.
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
