import type { Problem } from "../../../src/core/data/problem";
import type { State } from "../../../src/core/recipe/optimisers";
import { createCpuEngine } from "../../../src/engine/cpu/engine";
import type { Engine, Measurements } from "../../../src/engine/engine";

/**
 * An engine that, like a GPU, takes its steps at once but shows their numbers only when they have been collected: the
 * cpu engine with every row held back. Counts what it was asked for.
 */
export function createDelayedEngine(
  problem: Problem,
  state: State,
  delayMs = 1,
): Engine & { readonly steps: () => number } {
  const inner = createCpuEngine(problem, state);
  let waiting: (() => void)[] = [];
  let steps = 0;
  const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), delayMs));

  return {
    kind: "webgl",
    renderer: "delayed",
    rounding: inner.rounding,
    steps: () => steps,
    step(batch, settings, into, row) {
      steps++;
      const own = rowOf(into);
      inner.step(batch, settings, own, 0);
      waiting.push(() => {
        for (const key of Object.keys(own) as (keyof Measurements)[]) into[key].set(own[key], row * own[key].length);
      });
    },
    async collect() {
      const rows = waiting;
      waiting = [];
      await later(null);
      for (const show of rows) show();
    },
    save: async () => later(await inner.save()),
    direction: async () => later(await inner.direction()),
    restore: (saved) => inner.restore(saved),
    dispose: () => inner.dispose(),
  };
}

/** Room for one row of the same widths. */
function rowOf(measurements: Measurements): Measurements {
  const rows = measurements.loss.length;
  const entries = Object.entries(measurements) as [keyof Measurements, Float64Array][];
  return Object.fromEntries(
    entries.map(([key, all]) => [key, new Float64Array(all.length / rows)]),
  ) as unknown as Measurements;
}
