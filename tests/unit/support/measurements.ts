import type { Measurements } from "../../../src/engine/engine";

/** Room for `steps` measured steps of a network with this many tensors and parameters. */
export function makeMeasurements(steps: number, tensors: number, parameters: number): Measurements {
  const column = () => new Float64Array(steps);
  return {
    loss: column(),
    slope: column(),
    curvature: column(),
    curvatureTerms: column(),
    stepTaken: column(),
    lossAfter: column(),
    gradSquares: new Float64Array(steps * tensors),
    directionSquares: new Float64Array(steps * tensors),
    directions: new Float64Array(steps * parameters),
  };
}
