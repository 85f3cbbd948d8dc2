import type { Start } from "../../src/core/data/start";
import type { Recipe } from "../../src/core/recipe/recipe";
import type { Engine } from "../../src/engine/engine";
import { Trainer } from "../../src/engine/trainer";

/** Something that trains. */
export interface Contestant {
  /** Takes this many steps; resolves when all are done and what is to be read has been read. */
  run(steps: number): Promise<void>;
  dispose(): void;
}

/** An engine as the page drives it: through the trainer, two chunks in flight, every measurement and d read back. */
export function trained(engine: Engine, start: Start, recipe: Recipe): Contestant {
  const trainer = new Trainer(engine, start, recipe);
  return {
    async run(steps) {
      const flights: Promise<number>[] = [];
      const size = Math.ceil(steps / 8);
      for (let left = steps; left > 0 || flights.length > 0; ) {
        while (left > 0 && flights.length < 2) {
          const asked = Math.min(left, size);
          left -= asked;
          flights.push(trainer.advance(asked, 50).then(({ columns }) => asked - columns.count));
        }
        // What the budget cut off is asked for again.
        left += (await flights.shift()) ?? 0;
      }
    },
    dispose: () => engine.dispose(),
  };
}
