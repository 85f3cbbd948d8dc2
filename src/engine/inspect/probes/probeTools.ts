import type { Start } from "../../../core/data/start";
import type { DirectionalLoss } from "../../directionalLoss";
import type { HessianCache } from "../hessianCache";
import type { PartwiseLoss } from "../partwiseLoss";
import type { TimeSlices } from "../timeSlices";

/** The tools of one probe; the probes of a run share the Hessians. */
export interface ProbeTools {
  readonly start: Start;
  readonly loss: PartwiseLoss;
  /** In float64 whichever engine trains. */
  readonly exactLoss: () => DirectionalLoss;
  readonly hessians: HessianCache;
  readonly slices: TimeSlices;
}
