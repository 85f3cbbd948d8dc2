import { type Problem, parameterCount } from "../../core/data/problem";
import type { Batch } from "../engine";
import type { LinearOperator } from "../linalg/linearOperator";
import type { NewSweeper, Sweeper, TangentSums } from "../sweeper";
import { loopSweeper } from "./sweeper";

/** Rows swept at a time. Where one chunk holds all rows, the forward and the backward sweep are shared by all products. */
const chunkRows = 1024;

/** H = ∇²L_rows(θ) as the operator v ↦ Hv in float64, exact but for rounding. `size` is P, the number of parameters. */
export interface Hessian extends LinearOperator {
  /** L_rows(θ) */
  readonly loss: number;
  /** g = ∇L_rows(θ) */
  readonly gradient: Float64Array;
}

/** A sweeper with one chunk of a Hessian, which is swept forward and backward. */
interface Workspace {
  readonly sweeper: Sweeper;
  /** The key of that Hessian, and the first row of that chunk. */
  owner: object | null;
  start: number;
}

/** One workspace for all Hessians of a problem, because the memory of WebAssembly is not freed. */
const workspaces = new WeakMap<NewSweeper, WeakMap<Problem, Workspace>>();

function workspaceOf(problem: Problem, rows: number, newSweeper: NewSweeper): Workspace {
  const ofKind = workspaces.get(newSweeper) ?? new WeakMap<Problem, Workspace>();
  workspaces.set(newSweeper, ofKind);
  let workspace = ofKind.get(problem);
  if (!workspace || workspace.sweeper.capacity < rows) {
    workspace = { sweeper: newSweeper(problem, rows), owner: null, start: 0 };
    ofKind.set(problem, workspace);
  }
  return workspace;
}

/**
 * The Hessian-vector product by a tangent sweep along v and a second backward sweep, forward over reverse (Pearlmutter,
 * Fast exact multiplication by the Hessian, Neural Computation 6, 1994).
 *
 * @param theta must not change while the Hessian is in use
 */
export function hessianAt(
  problem: Problem,
  theta: Float64Array,
  rows: Batch,
  newSweeper: NewSweeper = loopSweeper,
): Hessian {
  const size = parameterCount(problem.sizes);
  const chunk = Math.min(chunkRows, rows.count);
  const workspace = workspaceOf(problem, chunk, newSweeper);
  const { sweeper } = workspace;
  const key = {};
  const shareOf = (start: number) => Math.min(chunk, rows.count - start) / rows.count;

  /** Sweeps the chunk from row `start` forward and backward. */
  function sweep(start: number): { readonly loss: number; readonly gradient: Float64Array } {
    if (workspace.owner !== key) sweeper.setTheta(theta);
    workspace.owner = key;
    workspace.start = start;
    sweeper.load({ order: rows.order, start: rows.start + start, count: Math.min(chunk, rows.count - start) });
    sweeper.forward();
    return { loss: sweeper.loss(), gradient: sweeper.backward() };
  }

  const gradient = new Float64Array(size);
  let loss = 0;
  for (let start = 0; start < rows.count; start += chunk) {
    const part = sweep(start);
    const share = shareOf(start);
    loss += share * part.loss;
    for (let k = 0; k < size; k++) gradient[k]! += share * part.gradient[k]!;
  }

  const sums: TangentSums = { slope: 0, curvature: 0, curvatureTerms: 0, gaussNewton: 0 };
  return {
    size,
    loss,
    gradient,
    apply(v) {
      const result = new Float64Array(size);
      for (let start = 0; start < rows.count; start += chunk) {
        if (workspace.owner !== key || workspace.start !== start) sweep(start);
        sweeper.setDirection(v);
        sweeper.tangent(sums);
        const Hv = sweeper.backwardTangent();
        const share = shareOf(start);
        for (let k = 0; k < size; k++) result[k]! += share * Hv[k]!;
      }
      return result;
    },
  };
}
