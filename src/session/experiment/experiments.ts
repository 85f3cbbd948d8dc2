import type { StoreApi } from "zustand/vanilla";
import { startExperimenter } from "../../worker/startWorkers";
import type { Session } from "../session";
import { createRangeTest, type RangeTestState } from "./rangeTest";
import { createSweep, type SweepState } from "./sweep";

/** The experiments beside the run of a session. */
export interface Experiments {
  readonly rangeTest: StoreApi<RangeTestState>;
  readonly sweep: StoreApi<SweepState>;
}

const made = new WeakMap<Session, Experiments>();

/** The experiments of a session, made at the first call: few pages need them. */
export function experimentsOf(session: Session): Experiments {
  const experiments = made.get(session) ?? {
    rangeTest: createRangeTest(session),
    sweep: createSweep(session, startExperimenter, navigator.hardwareConcurrency),
  };
  made.set(session, experiments);
  return experiments;
}
