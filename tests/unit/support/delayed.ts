import type { Problem } from "../../../src/core/data/problem";
import type { State } from "../../../src/core/recipe/optimisers";
import { createCpuEngine } from "../../../src/engine/cpu/engine";
import type { Engine, Measurements } from "../../../src/engine/engine";

/**
 * An asynchronous engine, as a GPU is: the cpu engine, with the measurements of a step written only at the next `collect`.
 * Counts the steps.
 */
export function createDelayedEngine(
  problem: Problem,
  state: State,
  delayMs = 1,
): Engine & { readonly steps: () => number } {
  const inner = createCpuEngine(problem, state);
  let waiting: (() => void)[] = [];
  let steps = 0;
  const delayed = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), delayMs));

  return {
    kind: "webgl",
    renderer: "delayed",
    rounding: inner.rounding,
    steps: () => steps,
    step(batch, next, settings, into, row) {
      steps++;
      const measured = oneRow(into);
      inner.step(batch, next, settings, measured, 0);
      waiting.push(() => {
        for (const key of Object.keys(measured) as (keyof Measurements)[])
          into[key].set(measured[key], row * measured[key].length);
      });
    },
    async collect() {
      const rows = waiting;
      waiting = [];
      await delayed(null);
      for (const write of rows) write();
    },
    save: async () => delayed(await inner.save()),
    direction: async () => delayed(await inner.direction()),
    gradient: async () => delayed(await inner.gradient()),
    restore: (saved) => inner.restore(saved),
    dispose: () => inner.dispose(),
  };
}

/** Arrays for one row of the same widths. */
function oneRow(measurements: Measurements): Measurements {
  const rows = measurements.loss.length;
  const entries = Object.entries(measurements) as [keyof Measurements, Float64Array][];
  return Object.fromEntries(
    entries.map(([key, all]) => [key, new Float64Array(all.length / rows)]),
  ) as unknown as Measurements;
}
