import type { Measurements } from "../../../src/engine/engine";

/** Arrays for the measurements of `steps` steps. */
export function makeMeasurements(steps: number, tensors: number, parameters: number): Measurements {
  const column = () => new Float64Array(steps);
  return {
    loss: column(),
    slope: column(),
    curvature: column(),
    curvatureTerms: column(),
    stepTaken: column(),
    lossAfter: column(),
    gaussNewton: column(),
    rowGradSquares: column(),
    residualSquares: column(),
    nextSlope: column(),
    nextCurvature: column(),
    nextCurvatureTerms: column(),
    gradSquares: new Float64Array(steps * tensors),
    directionSquares: new Float64Array(steps * tensors),
    directions: new Float64Array(steps * parameters),
  };
}
