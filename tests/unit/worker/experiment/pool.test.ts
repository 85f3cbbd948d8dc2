import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { runPool } from "../../../../src/worker/experiment/pool";
import { type FakeExperimenter, startFakes } from "../../support/experimenters";
import { small } from "../../support/sessions";

const recipes: Recipe[] = [0.001, 0.01, 0.1, 0.2, 0.3].map((lr) => ({ ...defaultRecipe, ...small, lr }));

/** A pool of fake workers with the results of its runs so far. */
function pool(workers: number, onStart?: (worker: FakeExperimenter, index: number) => void) {
  const { start, started } = startFakes(onStart);
  const controller = new AbortController();
  const done = new Map<number, number>();
  const steps: [run: number, step: number][] = [];
  const settled = runPool(recipes, 50, {
    start,
    workers,
    table: null,
    signal: controller.signal,
    progress: (run, step) => steps.push([run, step]),
    done: (run, summary) => done.set(run, summary.train.loss),
  });
  return { started, controller, done, steps, settled };
}

it("runPool trains every run once, with the same results on one worker and on several, and leaves no worker", async () => {
  const [one, several] = [pool(1), pool(3)];
  await Promise.all([one.settled, several.settled]);
  expect([one.started.length, several.started.length]).toEqual([1, 3]);
  expect([...several.done].sort()).toEqual([...one.done].sort());
  expect([...one.done.keys()]).toEqual([0, 1, 2, 3, 4]);
  expect(new Set(one.steps.filter(([, step]) => step === 50).map(([run]) => run)).size).toBe(5);
  for (const worker of [...one.started, ...several.started]) expect(worker.dead).toBe(true);
});

it("runPool starts no more workers than runs", async () => {
  const { started, settled } = pool(8);
  await settled;
  expect(started).toHaveLength(5);
});

it("runPool ends its workers and begins no run after it is aborted", async () => {
  const { started, controller, done, settled } = pool(2, (worker, index) => {
    worker.afterBegin = () => {
      if (index === 1) controller.abort();
    };
  });
  await settled;
  expect(done.size).toBeLessThan(5);
  expect(started.map(({ dead }) => dead)).toEqual([true, true]);
});

it("runPool trains the run of a worker that dies once more, and rejects where it dies again", async () => {
  const dies = (times: number) => (worker: FakeExperimenter, index: number) => {
    worker.afterBegin = () => {
      if (index < times) worker.die();
    };
  };
  const once = pool(1, dies(1));
  await once.settled;
  expect([once.started.length, once.done.size]).toEqual([2, 5]);
  const twice = pool(1, dies(2));
  await expect(twice.settled).rejects.toThrow("The worker of the sweep failed: out of memory.");
  expect(twice.started.every(({ dead }) => dead)).toBe(true);
});
