import type { Start } from "../../../src/core/data/start";
import type { Recipe } from "../../../src/core/recipe/recipe";
import type { Engine } from "../../../src/engine/engine";
import { Trainer, type TrainerOptions } from "../../../src/engine/trainer";

/** A training loop that the benchmark times: one of the engines or a peer. */
export interface Contestant {
  /** Takes this many steps. Resolves when the steps are computed and their results are read back. */
  run(steps: number): Promise<void>;
  dispose(): void;
}

/** An engine used as on the page: by the trainer, with two requests in flight, all measurements and d read back. */
export function trained(engine: Engine, start: Start, recipe: Recipe, options: TrainerOptions = {}): Contestant {
  const trainer = new Trainer(engine, start, recipe, options);
  return {
    async run(steps) {
      /** Steps that each request in flight leaves undone. */
      const requests: Promise<number>[] = [];
      const size = Math.ceil(steps / 8);
      for (let left = steps; left > 0 || requests.length > 0; ) {
        while (left > 0 && requests.length < 2) {
          const count = Math.min(left, size);
          left -= count;
          requests.push(trainer.advance(count, 50).then(({ columns }) => count - columns.count));
        }
        // The time budget of a request may end it early: a later request takes the missing steps.
        left += (await requests.shift()) ?? 0;
      }
    },
    dispose: () => engine.dispose(),
  };
}
