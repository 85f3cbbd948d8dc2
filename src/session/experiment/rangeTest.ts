import { quantile } from "d3-array";
import { createStore, type StoreApi } from "zustand/vanilla";
import { messageOf } from "../../core/errors";
import type { Range } from "../../core/experiment/range";
import { recentSteps } from "../../core/history/recentSteps";
import { edgeRate } from "../../core/history/threshold";
import { type Recipe, settingsAt } from "../../core/recipe/recipe";
import type { RangeTest } from "../../engine/experiment/rangeTest";
import type { Session } from "../session";

/** The quartiles of α* over the steps that have a best step. */
export interface Quartiles {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** A range test with the quantities that its learning rates are compared with. */
export interface RangeResult {
  readonly test: RangeTest;
  /** The run at the test. */
  readonly recipe: Recipe;
  /** α* of the last steps before the test, and of their next minibatches; null where none has a best step. */
  readonly own: Quartiles | null;
  readonly next: Quartiles | null;
  /** The learning rate at the edge of stability on all training rows; null until it is measured, and where there is none. */
  readonly edge: number | null;
}

export interface RangeTestState {
  /** null before the first test of a run. */
  readonly result: RangeResult | null;
  readonly running: boolean;
  /** The reason why the last test failed. */
  readonly error: string | null;
  /** Replaces the last result. Never rejects. */
  start(range: Range): Promise<void>;
  cancel(): void;
}

export type RangeTestHost = Pick<Session, "store" | "history" | "rangeTest" | "probeEdge">;

/** The range test of the page's run. A test in progress ends when another run is loaded. */
export function createRangeTest(session: RangeTestHost): StoreApi<RangeTestState> {
  let request = new AbortController();
  const store = createStore<RangeTestState>()((set, get) => ({
    result: null,
    running: false,
    error: null,
    async start(range) {
      request.abort();
      const own = new AbortController();
      request = own;
      const change = (state: Partial<RangeTestState>) => own.signal.aborted || set(state);
      set({ running: true, error: null });
      try {
        const { recipe } = session.store.getState();
        const history = session.history();
        const test = await session.rangeTest(range, own.signal);
        const recent = recentSteps(history, test.taken);
        change({
          result: { test, recipe, own: quartiles(recent.ahead), next: quartiles(recent.next), edge: null },
          running: false,
        });
        const edge = await edgeAt(session, recipe, test.taken, own.signal);
        const { result } = get();
        if (result) change({ result: { ...result, edge } });
      } catch (error) {
        change({ running: false, error: messageOf(error) });
      }
    },
    cancel() {
      request.abort();
      set({ running: false });
    },
  }));

  let shown = session.history();
  session.store.subscribe(() => {
    if (session.history() === shown) return;
    shown = session.history();
    request.abort();
    store.setState({ result: null, running: false, error: null });
  });
  return store;
}

function quartiles(values: readonly number[]): Quartiles | null {
  const [low, median, high] = [0.25, 0.5, 0.75].map((p) => quantile(values, p));
  return low === undefined || median === undefined || high === undefined ? null : { low, median, high };
}

/** null where the edge has no learning rate, or is not measured. A failure of the observer has a notice of its own. */
async function edgeAt(
  session: RangeTestHost,
  recipe: Recipe,
  step: number,
  signal: AbortSignal,
): Promise<number | null> {
  if (step < 1) return null;
  const probe = await session.probeEdge(step, signal).catch(() => null);
  const settings = settingsAt(recipe, step);
  return probe && edgeRate(recipe.optimiser, settings, step, probe.largest.value);
}
