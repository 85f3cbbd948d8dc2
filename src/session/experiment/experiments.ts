import type { StoreApi } from "zustand/vanilla";
import type { Session } from "../session";
import { createRangeTest, type RangeTestState } from "./rangeTest";

/** The experiments beside the run of a session. */
export interface Experiments {
  readonly rangeTest: StoreApi<RangeTestState>;
}

const made = new WeakMap<Session, Experiments>();

/** The experiments of a session, made at the first call: few pages need them. */
export function experimentsOf(session: Session): Experiments {
  const experiments = made.get(session) ?? { rangeTest: createRangeTest(session) };
  made.set(session, experiments);
  return experiments;
}
