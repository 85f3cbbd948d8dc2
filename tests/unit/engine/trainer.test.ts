import { expect, it } from "vitest";
import { type Problem, tensorsOf } from "../../../src/core/data/problem";
import { initialState, recipeOfCase, startOf } from "../../../src/core/data/start";
import { verdicts } from "../../../src/core/history/alpha";
import { History } from "../../../src/core/history/history";
import type { StopCondition } from "../../../src/core/history/stopCondition";
import { type Trace, traceOf } from "../../../src/core/history/trace";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { State } from "../../../src/core/recipe/optimisers";
import type { LiveSettings, Recipe } from "../../../src/core/recipe/recipe";
import { createCpuEngine } from "../../../src/engine/cpu/engine";
import type { Engine } from "../../../src/engine/engine";
import { type TrainedChunk, Trainer } from "../../../src/engine/trainer";
import { finalTheta } from "../../reference/decode";
import { createDelayedEngine } from "../support/delayed";
import { readCase, readTrace } from "../support/reference";

const forever = Number.POSITIVE_INFINITY;
const small: Recipe = { ...defaultRecipe, rows: 100, inputs: 4, hidden: [3] };
/** Diverges a few steps after the edit of the learning rate. */
const exploding: Recipe = { ...small, hidden: [20, 20, 20, 20, 20, 20], edits: [{ step: 50, lr: 100, beta2: 0 }] };

function newTrainer(
  recipe: Recipe,
  createEngine: (problem: Problem, state: State) => Engine = createCpuEngine,
): Trainer {
  const start = startOf(recipe, null);
  return new Trainer(createEngine(start.problem, initialState(start)), start, recipe);
}

/** Within 1e-9 relative of PyTorch's float64, 1e-12 absolute near zero. */
function expectClose(actual: number | undefined, expected: number | null, what: string): void {
  const bound = Math.max(1e-12, 1e-9 * Math.abs(expected ?? 0));
  expect(Math.abs((actual ?? Number.NaN) - (expected ?? Number.NaN)), what).toBeLessThanOrEqual(bound);
}

/** The trace of consecutive chunks, with d of every step. */
function joined(recipe: Recipe, chunks: readonly TrainedChunk[]): { trace: Trace; directions: number[][] } {
  const history = new History(tensorsOf([recipe.inputs, ...recipe.hidden, recipe.outputs]));
  for (const { columns, direction } of chunks) history.append(columns, direction);
  const directions = Array.from({ length: history.length }, (_, i) => Array.from(history.direction(i + 1) ?? []));
  return { trace: traceOf(history), directions };
}

/** Exactly `steps` steps in chunks of at most `size`. */
async function inChunks(trainer: Trainer, steps: number, size: number): Promise<TrainedChunk[]> {
  const chunks: TrainedChunk[] = [];
  for (let left = steps; left > 0; left -= chunks.at(-1)?.columns.count ?? 0) {
    chunks.push(await trainer.advance(Math.min(left, size), forever));
  }
  return chunks;
}

it.each(["live-sliders", "sigmoid-shuffled", "single-rows"] as const)(
  "Trainer gives PyTorch's trace, with every edit in force from its step on: %s",
  async (name) => {
    const source = readCase(name);
    const reference = readTrace(name);
    const recipe = recipeOfCase(defaultRecipe, source);
    const start = startOf(recipe, source);
    const trainer = new Trainer(createCpuEngine(start.problem, initialState(start)), start, recipe);
    const { columns, checkpoint } = await trainer.advance(source.steps, forever);

    expect(columns.count).toBe(source.steps);
    reference.rows.forEach((row, i) => {
      for (const key of [
        "batch",
        "loss",
        "slope",
        "curvature",
        "gradNorm",
        "directionNorm",
        "cosine",
        "stepTaken",
      ] as const) {
        expectClose(columns.metrics[key][i], row[key], `${key} at step ${row.step}`);
      }
      expectClose(columns.metrics.alphaStar[i], row.alphaStar, `α* at step ${row.step}`);
      expectClose(columns.metrics.reductionRatio[i], row.reductionRatio, `ρ at step ${row.step}`);
      for (const key of [
        "nextSlope",
        "nextCurvature",
        "nextAlphaStar",
        "gradVariance",
        "alphaStarError",
        "gaussNewton",
      ] as const) {
        if (row[key] === null) expect(columns.metrics[key][i], `${key} at step ${row.step}`).toBeNaN();
        else expectClose(columns.metrics[key][i], row[key], `${key} at step ${row.step}`);
      }
      expect(verdicts[columns.metrics.nextVerdict[i]!] ?? null, `step ${row.step}`).toBe(row.nextVerdict);
      row.directionNorms.forEach((norm, t) => {
        expectClose(columns.directionNorms[i * row.directionNorms.length + t], norm, `‖d‖ at step ${row.step}`);
      });
    });
    for (const [i, value] of finalTheta(reference).entries()) expectClose(checkpoint.theta[i], value, `θ[${i}]`);
  },
);

it("Trainer gives the same bits for every size of chunks", async () => {
  const recipe: Recipe = {
    ...small,
    shuffle: true,
    edits: [
      { step: 20, lr: 0.1 },
      { step: 33, batchSize: 7, shuffle: false },
    ],
  };
  const whole = joined(recipe, await inChunks(newTrainer(recipe), 100, 100));
  expect(whole.trace.step).toHaveLength(100);
  for (const size of [1, 3, 19, 20, 32]) {
    expect(joined(recipe, await inChunks(newTrainer(recipe), 100, size))).toEqual(whole);
  }
  expect(joined(recipe, await inChunks(newTrainer(recipe, createDelayedEngine), 100, 9))).toEqual(whole);
});

it("Trainer records the epoch, the batch and the learning rate of each step", async () => {
  const recipe: Recipe = { ...small, edits: [{ step: 3, lr: 0.5 }] };
  const { columns } = await newTrainer(recipe).advance(9, forever);
  const column = (name: "epoch" | "batchIndex" | "lr" | "batch") => Array.from(columns.metrics[name].subarray(0, 9));
  expect(column("epoch")).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2]);
  expect(column("batchIndex")).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0]);
  expect(column("batch")).toEqual([32, 32, 32, 4, 32, 32, 32, 4, 32]);
  expect(column("lr")).toEqual([1e-3, 1e-3, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
});

it("Trainer.advance takes at least one step and at most the number given", async () => {
  const trainer = newTrainer(small);
  expect((await trainer.advance(1000, 0)).columns.count).toBeGreaterThanOrEqual(1);
  expect((await trainer.advance(3, forever)).columns.count).toBe(3);
});

it("Trainer.advance rejects a number of steps that is not whole and positive", async () => {
  const trainer = newTrainer(small);
  for (const steps of [0, -1, 1.5, Number.NaN]) await expect(trainer.advance(steps, 1)).rejects.toThrow(RangeError);
});

it("Trainer.advance gives the steps of a second call to the engine before the first call is answered", async () => {
  const start = startOf(small, null);
  const engine = createDelayedEngine(start.problem, initialState(start));
  const trainer = new Trainer(engine, start, small);
  let stepsGiven = 0;
  const first = trainer.advance(3, forever).then((chunk) => {
    stepsGiven = engine.steps();
    return chunk;
  });
  const chunks = await Promise.all([first, trainer.advance(4, forever), trainer.advance(5, forever)]);
  expect(stepsGiven).toBeGreaterThanOrEqual(7);
  const starts = chunks.map(({ columns }) => columns.first);
  expect(starts).toEqual([1, 1 + count(chunks, 1), 1 + count(chunks, 2)]);
  const steps = count(chunks, 3);
  expect(joined(small, chunks)).toEqual(joined(small, await inChunks(newTrainer(small), steps, steps)));
});

const count = (chunks: readonly TrainedChunk[], of: number) =>
  chunks.slice(0, of).reduce((total, { columns }) => total + columns.count, 0);

const moved: Partial<LiveSettings> = { lr: 0.5, batchSize: 5 };

it("Trainer.edit changes the recipe's base settings before the first step", async () => {
  const recipe = await newTrainer({ ...small, edits: [{ step: 9, lr: 2 }] }).edit(moved);
  expect(recipe).toEqual({ ...small, ...moved, edits: [{ step: 9, lr: 2 }] });
});

it("Trainer.edit adds an edit at the step after all steps of earlier calls", async () => {
  const trainer = newTrainer(small, createDelayedEngine);
  const [chunk, recipe, after] = await Promise.all([
    trainer.advance(4, forever),
    trainer.edit(moved),
    trainer.advance(2, forever),
  ]);
  const { count } = chunk.columns;
  expect(recipe.edits).toEqual([{ step: count + 1, ...moved }]);
  expect(after.columns.first).toBe(count + 1);
  expect(after.columns.metrics.lr[0]).toBe(0.5);
  expect(after.columns.metrics.batch[0]).toBe(5);
});

it("Trainer.edit merges edits of one step, drops an edit without effect, and keeps later edits", async () => {
  const trainer = newTrainer({ ...small, edits: [{ step: 50, lr: 2 }] });
  await trainer.advance(4, forever);
  await trainer.edit({ lr: 0.5, beta1: small.beta1 });
  expect((await trainer.edit({ eps: 1e-3 })).edits).toEqual([
    { step: 5, lr: 0.5, eps: 1e-3 },
    { step: 50, lr: 2 },
  ]);
  expect((await trainer.edit({ lr: small.lr })).edits).toEqual([
    { step: 5, eps: 1e-3 },
    { step: 50, lr: 2 },
  ]);
  expect((await trainer.edit({ eps: small.eps })).edits).toEqual([{ step: 50, lr: 2 }]);
});

it("Trainer.edit results in a recipe that replays to the same run", async () => {
  const trainer = newTrainer(small);
  const before = await inChunks(trainer, 30, 30);
  await trainer.edit({ lr: 0.05, beta1: 0.5, beta2: 0.9 });
  const chunks = [...before, ...(await inChunks(trainer, 30, 30))];
  const again = await inChunks(newTrainer(trainer.recipe), 60, 60);
  expect(joined(small, again)).toEqual(joined(small, chunks));
});

it("Trainer.restore continues with the same steps from any checkpoint", async () => {
  const recipe: Recipe = { ...small, shuffle: true, edits: [{ step: 12, lr: 0.1, batchSize: 9 }] };
  const trainer = newTrainer(recipe);
  const chunks = await inChunks(trainer, 60, 5);
  const whole = joined(recipe, chunks);
  for (const at of [0, 1, 5, 10]) {
    await trainer.restore((chunks[at] as TrainedChunk).checkpoint);
    const redone = await inChunks(trainer, 60 - 5 * (at + 1), 60);
    expect(joined(recipe, [...chunks.slice(0, at + 1), ...redone])).toEqual(whole);
  }
});

const verdictAt = ({ columns }: TrainedChunk, row: number) => verdicts[columns.metrics.verdict[row] as number];
const lastVerdict = (chunk: TrainedChunk) => verdictAt(chunk, chunk.columns.count - 1);

it("Trainer ends a chunk with the step at which training diverges, and the next call continues from there", async () => {
  for (const createEngine of [createCpuEngine, createDelayedEngine]) {
    const trainer = newTrainer(exploding, createEngine);
    const chunk = await trainer.advance(500, forever);
    const { count } = chunk.columns;
    expect(count).toBeGreaterThan(50);
    expect(count).toBeLessThan(500);
    expect(lastVerdict(chunk)).toBe("diverged");
    for (let row = 0; row < count - 1; row++) expect(verdictAt(chunk, row)).not.toBe("diverged");
    expect((await trainer.advance(10, forever)).columns).toMatchObject({ first: count + 1, count: 10 });
  }
});

it("Trainer returns to the diverged step when the measurements of an engine arrive later", async () => {
  const expected = await newTrainer(exploding).advance(500, forever);
  for (const size of [8, 20, 33]) {
    const trainer = newTrainer(exploding, createDelayedEngine);
    const chunks: TrainedChunk[] = [];
    let next = trainer.advance(size, forever);
    for (
      let calls = 0;
      calls < 100 && (chunks.length === 0 || lastVerdict(chunks.at(-1) as TrainedChunk) !== "diverged");
      calls++
    ) {
      const current = next;
      next = trainer.advance(size, forever);
      chunks.push(await current);
    }
    expect(joined(exploding, chunks)).toEqual(joined(exploding, [expected]));
    expect(chunks.at(-1)?.checkpoint).toEqual(expected.checkpoint);
    // The call under way when training diverged continues from there.
    expect((await next).columns.first).toBe(expected.columns.count + 1);
  }
});

it("Trainer repeats the steps up to the diverged step after the caller has transferred the checkpoint before them", async () => {
  const expected = await newTrainer(exploding).advance(500, forever);
  const trainer = newTrainer(exploding, createDelayedEngine);
  const first = await trainer.advance(20, forever);
  const { theta, m, v } = first.checkpoint;
  structuredClone(first.checkpoint, { transfer: [theta, m, v].map(({ buffer }) => buffer as ArrayBuffer) });
  expect(theta).toHaveLength(0);
  const second = await trainer.advance(480, forever);
  expect(joined(exploding, [first, second])).toEqual(joined(exploding, [expected]));
  expect(second.checkpoint).toEqual(expected.checkpoint);
});

it("Trainer applies an edit made meanwhile at the step after the diverged step", async () => {
  const trainer = newTrainer(exploding, createDelayedEngine);
  const [chunk, recipe] = await Promise.all([trainer.advance(200, forever), trainer.edit({ lr: 0.5 })]);
  expect(recipe.edits.at(-1)).toEqual({ step: chunk.columns.count + 1, lr: 0.5 });
});

/** Conditions, with the first step of the run at which each is met. */
async function conditionsOf(recipe: Recipe): Promise<[StopCondition, number][]> {
  const { trace } = joined(recipe, await inChunks(newTrainer(recipe), 90, 90));
  const ratios = trace.alphaStar.map((alphaStar, i) => (trace.verdict[i] === "minimum" ? 0.05 / alphaStar! : 0));
  const [lowest, highest] = [Math.min(...trace.loss.slice(0, 60)), Math.max(...ratios.slice(0, 60))];
  const behind = trace.verdict.indexOf("behind");
  return [
    [{ when: "loss", below: lowest * (1 + 1e-12) }, 1 + trace.loss.indexOf(lowest)],
    [{ when: "ratio", above: highest * (1 - 1e-12) }, 1 + ratios.indexOf(highest)],
    [{ when: "verdict", is: "behind" }, 1 + behind],
  ];
}

it("Trainer ends a chunk with the first step that meets a condition, also when the measurements arrive later", async () => {
  const recipe: Recipe = { ...small, lr: 0.05 };
  for (const [stop, step] of await conditionsOf(recipe)) {
    expect(step).toBeGreaterThan(1);
    const exact = await newTrainer(recipe).advance(step, forever);
    for (const createEngine of [createCpuEngine, createDelayedEngine]) {
      for (const size of [7, 90]) {
        const trainer = newTrainer(recipe, createEngine);
        const chunks: TrainedChunk[] = [];
        while (count(chunks, chunks.length) < step) chunks.push(await trainer.advance(size, forever, stop));
        expect(count(chunks, chunks.length), JSON.stringify(stop)).toBe(step);
        expect(chunks.at(-1)?.checkpoint).toEqual(exact.checkpoint);
      }
    }
  }
});

it("Trainer.advance under way when a condition was met begins after the step that met it, on an engine that answers later", async () => {
  const recipe: Recipe = { ...small, lr: 0.05 };
  const [[stop, step] = [null, 0]] = await conditionsOf(recipe);
  const trainer = newTrainer(recipe, createDelayedEngine);
  const [met, after] = await Promise.all([trainer.advance(80, forever, stop), trainer.advance(20, forever)]);
  expect(met.columns.count).toBe(step);
  expect(after.columns.first).toBe(step + 1);
  expect(joined(recipe, [met, after])).toEqual(
    joined(recipe, await inChunks(newTrainer(recipe), step + 20, step + 20)),
  );
});
