import { createStore, type StoreApi } from "zustand/vanilla";
import { type Comparison, compareDirections, lateDirection } from "../../core/lesson/lateDirection";
import type { Inspection } from "../../engine/inspect/inspector";
import type { Session } from "../session";

/** The two directions of a step, side by side. */
export interface LateStep extends Comparison {
  readonly step: number;
}

/** Follows the step that is looked at until `stop`, comparing the notebook's direction with d; one question at a time. */
export function followLateDirection({
  inspection,
  inspect,
  history,
}: Pick<Session, "inspection" | "inspect" | "history">): { store: StoreApi<LateStep | null>; stop: () => void } {
  const store = createStore<LateStep | null>()(() => null);
  let answered: Inspection | null = null;
  let busy = false;
  let stopped = false;

  async function look(): Promise<void> {
    const seen = inspection.getState().inspection;
    if (busy || stopped || (seen && answered && same(seen, answered))) return;
    answered = seen;
    if (!seen) return store.setState(null, true);
    busy = true;
    try {
      const before = seen.step > 1 ? await inspect(seen.step - 1) : { m: zeros(seen), v: zeros(seen) };
      const late = lateDirection(before, seen.step, seen.settings);
      store.setState({ step: seen.step, ...compareDirections(history().tensors, late, seen.direction) }, true);
    } catch {
      // Gone from the run meanwhile, or the worker is at fault, and then the run has said so.
    }
    busy = false;
    void look();
  }

  const unsubscribe = inspection.subscribe(look);
  void look();
  return {
    store,
    stop() {
      stopped = true;
      unsubscribe();
    },
  };
}

const zeros = ({ theta }: Inspection) => new Float64Array(theta.length);

/** The same step of the same run: where slices are asked for, a step may be inspected more than once. */
const same = (a: Inspection, b: Inspection): boolean =>
  a === b || (a.step === b.step && a.theta.length === b.theta.length && a.m.every((m, i) => Object.is(m, b.m[i])));
