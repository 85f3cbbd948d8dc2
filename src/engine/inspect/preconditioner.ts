import { type LinearOperator, scaledBothSides } from "../linalg/linearOperator";
import type { Inspection } from "./inspector";

/**
 * The diagonal of P^{−1/2}, P long, with P = diag(c₁(√(vWeight·v) + floor)): d divides the momentum by P. For Adam
 * P = (1 − β₁ᵗ)(√v̂ + ε), and for plain gradient descent P = 1. Where an entry of P is zero, d is not finite.
 */
export function inverseRootOfPreconditioner({ v, vMax, update }: Inspection): Float64Array {
  const { c1, vWeight, floor } = update;
  return (vMax.length > 0 ? vMax : v).map((value) => 1 / Math.sqrt(c1 * (Math.sqrt(vWeight * value) + floor)));
}

/** P^{−1/2}HP^{−1/2}: the largest eigenvalue is compared with the edge of stability. */
export function preconditioned(hessian: LinearOperator, inspection: Inspection): LinearOperator {
  return scaledBothSides(hessian, inverseRootOfPreconditioner(inspection));
}
