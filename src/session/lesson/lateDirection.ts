import { createStore, type StoreApi } from "zustand/vanilla";
import { type Comparison, compareDirections, lateDirection } from "../../core/lesson/lateDirection";
import type { Inspection } from "../../engine/inspect/inspector";
import type { Session } from "../session";

/** The comparison of the two directions of one step. */
export interface LateStep extends Comparison {
  readonly step: number;
}

/** Compares the notebook's late direction with d at the selected step, until `stop`; one inspection at a time. */
export function followLateDirection({
  inspection,
  inspect,
  history,
}: Pick<Session, "inspection" | "inspect" | "history">): { store: StoreApi<LateStep | null>; stop: () => void } {
  const store = createStore<LateStep | null>()(() => null);
  let compared: Inspection | null = null;
  let busy = false;
  let stopped = false;

  async function compare(): Promise<void> {
    const selected = inspection.getState().inspection;
    if (busy || stopped || (selected && compared && same(selected, compared))) return;
    compared = selected;
    if (!selected) return store.setState(null, true);
    busy = true;
    try {
      const before = selected.step > 1 ? await inspect(selected.step - 1) : { m: zeros(selected), v: zeros(selected) };
      const late = lateDirection(before, selected.step, selected.settings);
      store.setState({ step: selected.step, ...compareDirections(history().tensors, late, selected.direction) }, true);
    } catch {
      // The step is no longer part of the run, or the worker has failed, which the run reports.
    }
    busy = false;
    void compare();
  }

  const unsubscribe = inspection.subscribe(compare);
  void compare();
  return {
    store,
    stop() {
      stopped = true;
      unsubscribe();
    },
  };
}

const zeros = ({ theta }: Inspection) => new Float64Array(theta.length);

/** Whether both are of the same step of the same run: a step is inspected again when its slice is missing. */
const same = (a: Inspection, b: Inspection): boolean =>
  a === b || (a.step === b.step && a.theta.length === b.theta.length && a.m.every((m, i) => Object.is(m, b.m[i])));
