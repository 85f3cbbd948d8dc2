import { advance, test as base, expect, load, recipe, rejection, set, status, trace } from "../fixtures";

/** Every test begins with its own recipe: they share one page. */
const test = base.extend({ page: async ({ openPage }, use) => use(await openPage("cpu")) });

test("status() and version describe the run and the program", async ({ page }) => {
  expect(await page.evaluate(() => window.alphascope.version)).toMatch(/^\d+\.\d+\.\d+/);
  await advance(page, 48);
  const { renderer, epoch, stepsPerSecond, ...rest } = await status(page);
  expect(rest).toEqual({ engine: "cpu", step: 48, playing: false, state: "paused" });
  expect(renderer).toEqual(expect.any(String));
  // An epoch has 32 minibatches: 48 steps end 16 minibatches after the first epoch.
  expect(epoch).toBeGreaterThanOrEqual(1);
  expect(epoch).toBeLessThan(2);
  expect(stepsPerSecond).toEqual(expect.any(Number));
});

test("trace() has one finite entry a step in every column", async ({ page }) => {
  expect((await trace(page)).step).toEqual([]);
  await advance(page, 40);
  const columns = await trace(page);
  const names = ["step", "batch", "loss", "slope", "curvature", "alphaStar", "verdict", "gradNorm", "directionNorm"];
  const more = ["cosine", "directionNorms", "gradNorms", "stepTaken", "lossAfter", "reductionRatio"];
  const next = ["nextSlope", "nextCurvature", "nextAlphaStar", "nextVerdict"];
  const spread = ["gradVariance", "alphaStarError", "gaussNewton"];
  expect(Object.keys(columns).sort()).toEqual([...names, ...more, ...next, ...spread].sort());
  const { directionNorms, gradNorms, ...others } = columns;
  const perTensor = [...directionNorms, ...gradNorms];
  expect(perTensor).toHaveLength(2 * 4);
  for (const values of [...Object.values(others), ...perTensor]) expect(values).toHaveLength(40);
  expect(columns.step).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(columns.batch.slice(30, 33)).toEqual([32, 8, 32]);
  expect(columns.stepTaken).toEqual(Array(40).fill(1e-3));
  for (const name of ["loss", "slope", "curvature", "gradNorm", "directionNorm", "cosine", "lossAfter"] as const) {
    expect(columns[name].every(Number.isFinite), name).toBe(true);
  }
  for (const k of [0, 17, 39]) {
    const { slope, curvature, alphaStar, verdict, gradNorm, directionNorm } = columns;
    const normOf = (tensors: number[][]) => Math.hypot(...tensors.map((norms) => norms[k] ?? 0));
    expect(verdict[k]).toMatch(/^(minimum|behind|concave|flat)$/);
    if (alphaStar[k] !== null) expect(alphaStar[k]).toBeCloseTo(-(slope[k] ?? 0) / (curvature[k] ?? 0), 10);
    expect(normOf(gradNorms)).toBeCloseTo(gradNorm[k] ?? 0, 10);
    expect(normOf(directionNorms)).toBeCloseTo(directionNorm[k] ?? 0, 10);
  }
});

test("direction() returns d of any step, tensor by tensor", async ({ page }) => {
  await advance(page, 12);
  const [latest, fifth] = await page.evaluate(() => [window.alphascope.direction(), window.alphascope.direction(5)]);
  for (const [d, step] of [
    [latest, 12],
    [fifth, 5],
  ] as const) {
    expect(d?.map(({ name, shape }) => [name, shape])).toEqual([
      ["fc1.weight", [10, 5]],
      ["fc1.bias", [5]],
      ["fc2.weight", [5, 1]],
      ["fc2.bias", [1]],
    ]);
    expect(d?.map(({ values }) => values.length)).toEqual([50, 5, 5, 1]);
    const norms = (await trace(page)).directionNorms.map((tensor) => tensor[step - 1]);
    expect(norms).toEqual(d?.map(({ values }) => expect.closeTo(Math.hypot(...values), 6)));
  }
  const message = await rejection(page.evaluate(async () => window.alphascope.direction(13)));
  expect(message).toContain("13");
});

test("load() of the same recipe repeats the run; another seed gives another run", async ({ page }) => {
  const run = async (of: unknown) => {
    await load(page, of);
    await advance(page, 20);
    return trace(page);
  };
  const first = await run({ seed: 7, activation: "tanh", shuffle: true, hidden: [4, 3] });
  expect(await run({ seed: 7, activation: "tanh", shuffle: true, hidden: [4, 3] })).toEqual(first);
  expect((await run({ seed: 8, activation: "tanh", shuffle: true, hidden: [4, 3] })).loss).not.toEqual(first.loss);
});

test("load() pauses at step 0 and sets omitted keys to their defaults", async ({ page }) => {
  await page.evaluate(() => window.alphascope.play());
  await load(page, { lr: 0.05, hidden: [] });
  expect(await status(page)).toMatchObject({ step: 0, playing: false, state: "paused" });
  expect(await recipe(page)).toMatchObject({ lr: 0.05, hidden: [], batchSize: 32, beta1: 0.9, edits: [] });
});

test("advance() takes exactly the requested steps when calls overlap", async ({ page }) => {
  await page.evaluate(() => {
    const { advance } = window.alphascope;
    return Promise.all([advance(3), advance(5), advance(0), advance(7)]);
  });
  expect((await status(page)).step).toBe(15);
  expect((await trace(page)).step).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  for (const wrong of [-1, 1.5, "3", null]) {
    await rejection(page.evaluate((n) => window.alphascope.advance(n as never), wrong));
  }
  expect((await status(page)).step).toBe(15);
});

test("set() changes the recipe at step 0 and adds an edit from the next step later", async ({ page }) => {
  await set(page, { lr: 0.004 });
  expect(await recipe(page)).toMatchObject({ lr: 0.004, edits: [] });
  await advance(page, 10);
  await set(page, { lr: 0.02, batchSize: 7 });
  await advance(page, 5);
  expect((await recipe(page)).edits).toEqual([{ step: 11, lr: 0.02, batchSize: 7 }]);
  const { stepTaken, batch } = await trace(page);
  expect(stepTaken).toEqual([...Array(10).fill(0.004), ...Array(5).fill(0.02)]);
  expect(batch).toEqual([...Array(10).fill(32), ...Array(5).fill(7)]);
});

test("reset() replays the same run with its edits at their steps", async ({ page }) => {
  await advance(page, 10);
  await set(page, { beta1: 0.5 });
  await advance(page, 10);
  const before = await trace(page);
  await page.evaluate(() => window.alphascope.reset());
  expect(await status(page)).toMatchObject({ step: 0, playing: false });
  expect((await trace(page)).step).toEqual([]);
  await advance(page, 20);
  expect(await trace(page)).toEqual(before);
});

test("seek() back and an advance repeat the same run", async ({ page }) => {
  await advance(page, 50);
  const before = await trace(page);
  await page.evaluate(() => window.alphascope.seek(21));
  expect((await status(page)).step).toBe(21);
  await advance(page, 29);
  expect(await trace(page)).toEqual(before);
});

test("runFile() returns a file that load() repeats exactly", async ({ page }) => {
  await load(page, { shuffle: true, dataset: "classes", outputs: 3, hidden: [6], activation: "sigmoid", lr: 0.01 });
  await advance(page, 60);
  await set(page, { lr: 0.03 });
  await advance(page, 20);
  const before = await trace(page);
  const file = await page.evaluate(() => JSON.parse(JSON.stringify(window.alphascope.runFile())));
  expect(file).toMatchObject({ format: "alphascope-run", version: 1, engine: "cpu", trace: before });
  expect(file.case).toMatchObject({
    sizes: [10, 6, 3],
    loss: "cross-entropy",
    steps: 80,
    changes: { 61: { lr: 0.03 } },
  });
  expect(file.finalWeights.map((w: number[]) => w.length)).toEqual([60, 18]);
  expect(file.finalBiases.map((b: number[]) => b.length)).toEqual([6, 3]);
  await load(page, {});
  await load(page, file);
  expect((await status(page)).step).toBe(0);
  await advance(page, 80);
  expect(await trace(page)).toEqual(before);
});

test("status() follows play() and pause()", async ({ page }) => {
  await page.evaluate(() => window.alphascope.play());
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(3);
  expect(await status(page)).toMatchObject({ playing: true, state: "playing" });
  await page.evaluate(() => window.alphascope.pause());
  expect(await status(page)).toMatchObject({ playing: false, state: "paused" });
});

const badRecipes: Readonly<Record<string, unknown>> = {
  lr: { lr: -1 },
  beta1: { beta1: 1 },
  eps: { eps: "small" },
  batchSize: { batchSize: 0 },
  hidden: { hidden: [5, 0] },
  activation: { activation: "softplus" },
  dataset: { dataset: "mnist" },
  outputs: { dataset: "classes", outputs: 1 },
  rows: { rows: 1e9 },
  edits: { edits: [{ step: 0, lr: 0.1 }] },
  momentum: { momentum: 0.9 },
  format: { format: "alphascope-run", version: 99 },
  recipe: null,
};

for (const [fault, bad] of Object.entries(badRecipes)) {
  test(`load() rejects an invalid ${fault} by name and keeps the run`, async ({ page }) => {
    await load(page, { seed: 3 });
    await advance(page, 5);
    const before = await trace(page);
    expect(await rejection(load(page, bad))).toMatch(new RegExp(fault === "format" ? "version" : fault));
    expect(await recipe(page)).toMatchObject({ seed: 3 });
    expect(await trace(page)).toEqual(before);
    await advance(page, 1);
    expect((await status(page)).step).toBe(6);
  });
}

test("set() rejects unknown settings and settings that need a restart, by name", async ({ page }) => {
  await advance(page, 2);
  expect(await rejection(set(page, { hidden: [3] }))).toContain("hidden");
  expect(await rejection(set(page, { lr: 0.1, speed: 3 }))).toContain("speed");
  expect(await rejection(set(page, { lr: Number.MAX_VALUE }))).toContain("lr");
  expect(await recipe(page)).toMatchObject({ lr: 1e-3, hidden: [5], edits: [] });
});
