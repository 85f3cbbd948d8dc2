import { expect, it } from "vitest";
import { initialState, startOf } from "../../src/core/data/start";
import { defaultRecipe } from "../../src/core/recipe/controls";
import type { Recipe } from "../../src/core/recipe/recipe";
import { createCpuDirectionalLoss } from "../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../src/engine/cpu/engine";
import type { DirectionalDerivatives, DirectionalLoss } from "../../src/engine/directionalLoss";
import type { Engine } from "../../src/engine/engine";
import { Inspector } from "../../src/engine/inspect/inspector";
import { layerParts } from "../../src/engine/inspect/layerParts";
import type { ProbeAnswers, ProbeKind, ProbeOptions, QuadraticModel } from "../../src/engine/inspect/probes/probes";
import { StepAnalyser } from "../../src/engine/inspect/stepAnalyser";
import { TimeSlices } from "../../src/engine/inspect/timeSlices";
import { Trainer } from "../../src/engine/trainer";
import { createWebglDirectionalLoss } from "../../src/engine/webgl/directionalLoss";
import { createWebglEngine } from "../../src/engine/webgl/engine";
import { device } from "./device";

const recipes: readonly Recipe[] = [
  { ...defaultRecipe, rows: 100 },
  {
    ...defaultRecipe,
    rows: 90,
    dataset: "classes",
    inputs: 7,
    hidden: [9, 6],
    outputs: 3,
    activation: "tanh",
    lr: 0.01,
  },
];

it.each(recipes)(
  "createWebglDirectionalLoss gives the derivatives along several directions as the cpu does: $dataset",
  async (recipe) => {
    const { problem, theta } = startOf(recipe, null);
    const at = theta.map(Math.fround);
    const loss = createWebglDirectionalLoss(await device(), problem);
    const d = Float64Array.from(at, (_, k) => Math.fround(Math.sin(3 * k + 1)));
    const directions = [d, ...layerParts(problem.sizes, d), d.map((x) => Math.fround(x * x - 0.5))];
    // A batch in the middle of an order, of a size that is no multiple of four.
    const rows = {
      order: Uint32Array.from({ length: problem.rows }, (_, k) => problem.rows - 1 - k),
      start: 5,
      count: 37,
    };
    const [found, wanted] = await Promise.all([
      loss.derivatives(at, directions, rows),
      createCpuDirectionalLoss(problem).derivatives(at, directions, rows),
    ]);
    expect(found).toHaveLength(directions.length);
    for (const [k, want] of wanted.entries()) {
      const got = found[k] as DirectionalDerivatives;
      expect(Math.abs(got.loss - want.loss)).toBeLessThan(1e-5 * want.loss);
      expect(Math.abs(got.slope - want.slope)).toBeLessThan(1e-4 * Math.max(Math.abs(want.slope), want.curvatureTerms));
      expect(Math.abs(got.curvature - want.curvature)).toBeLessThan(1e-4 * want.curvatureTerms);
    }
    loss.dispose();
  },
);

it("StepAnalyser answers every probe on the GPU as on the cpu engine, within float32", async () => {
  const gpu = await device();
  const recipe = recipes[1] as Recipe;
  const start = startOf(recipe, null);
  const from = new Trainer(createCpuEngine(start.problem, initialState(start)), start, recipe).checkpoint;
  const analysers = [
    [createCpuEngine(start.problem, initialState(start)), createCpuDirectionalLoss(start.problem), 2 ** -40],
    [
      createWebglEngine(gpu, start.problem, initialState(start)),
      createWebglDirectionalLoss(gpu, start.problem),
      2 ** -18,
    ],
  ].map(([engine, loss, rounding]) => {
    const inspector = new Inspector(engine as Engine, start);
    const analyser = new StepAnalyser(() => loss as DirectionalLoss, start, rounding as number);
    return async <K extends ProbeKind>(kind: K, options: ProbeOptions) => {
      const slices = new TimeSlices();
      return analyser.answer(kind, await inspector.replay({ step: 6, from, recipe }, slices), options, slices);
    };
  });
  const close = (got: number, want: number, scale: number) =>
    expect(Math.abs(got - want), `${got} for ${want}`).toBeLessThanOrEqual(2e-3 * scale);
  for (const on of ["batch", "full"] as const) {
    const options = { on, resamples: 5 };
    const both = <K extends ProbeKind>(kind: K) =>
      Promise.all(analysers.map((ask) => ask(kind, options))) as unknown as Promise<[ProbeAnswers[K], ProbeAnswers[K]]>;
    const [want, got] = await both("along");
    if (!want || !got) throw new Error("The run has not diverged.");
    const pairs: [QuadraticModel, QuadraticModel][] = [
      [got.batch, want.batch],
      [got.full, want.full],
      ...want.layers.map(({ alone }, l): [QuadraticModel, QuadraticModel] => [
        got.layers[l]?.alone as QuadraticModel,
        alone,
      ]),
      ...want.others.map((other, k): [QuadraticModel, QuadraticModel] => [got.others[k] as QuadraticModel, other]),
    ];
    for (const [mine, theirs] of pairs) {
      close(mine.slope, theirs.slope, Math.abs(theirs.slope) + 0.01);
      close(mine.curvature, theirs.curvature, Math.abs(theirs.curvature) + 0.1);
    }
    const [ends, webglEnds] = await both("extremes");
    for (const kind of ["hessian", "preconditioned"] as const) {
      const size = ends?.[kind].largest.value as number;
      close(webglEnds?.[kind].largest.value as number, size, size);
      close(webglEnds?.[kind].smallest.value as number, ends?.[kind].smallest.value as number, size);
    }
  }
});
