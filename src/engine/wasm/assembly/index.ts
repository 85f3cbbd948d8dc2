/** The measured step in float64: the sums of `engine/cpu` in the same order, two at a time. */

export { endAlong, lossAlong, startAlong } from "./along";
export { loadBatch } from "./batch";
export { backwardTangent } from "./hessian";
export { correctRows, lossOf, outputsOf } from "./loss";
export { allocate, createNetwork, partnerOf } from "./memory";
export { step } from "./step";
export { backward, forward, tangent } from "./sweeps";
