import { expect, it } from "vitest";
import { initialState, startOf } from "../../src/core/data/start";
import { defaultRecipe } from "../../src/core/recipe/controls";
import type { Recipe } from "../../src/core/recipe/recipe";
import { Inspector } from "../../src/engine/inspect/inspector";
import { sliceOf } from "../../src/engine/inspect/slicer";
import { TimeSlices } from "../../src/engine/inspect/timeSlices";
import { Trainer } from "../../src/engine/trainer";
import { createWebglDirectionalLoss } from "../../src/engine/webgl/directionalLoss";
import { createWebglEngine } from "../../src/engine/webgl/engine";
import { device } from "./device";

const recipe: Recipe = { ...defaultRecipe, hidden: [5], edits: [{ step: 12, beta1: 0.99, batchSize: 7 }] };

it("Inspector repeats steps of the GPU bit for bit and slices through their losses", async () => {
  const gpu = await device();
  const start = startOf(recipe, null);
  const engines = [0, 1].map(() => createWebglEngine(gpu, start.problem, initialState(start)));
  const [running, looking] = engines as [(typeof engines)[0], (typeof engines)[0]];
  const loss = createWebglDirectionalLoss(gpu, start.problem);
  const trainer = new Trainer(running, start, recipe);
  const inspector = new Inspector(looking, start);
  const slices = new TimeSlices();
  const from = trainer.checkpoint;
  const early = await trainer.advance(11, Number.POSITIVE_INFINITY);

  // The run continues during the inspection.
  const [late, { inspection: seen }] = await Promise.all([
    trainer.advance(9, Number.POSITIVE_INFINITY),
    inspector.replay({ step: 11, from, recipe }, slices),
  ]);
  expect(seen.direction).toEqual(early.direction);
  expect([seen.m, seen.v]).toEqual([early.checkpoint.m, early.checkpoint.v]);

  for (const [step, { direction, columns }] of [
    [20, late],
    [11, early],
  ] as const) {
    const last = columns.count - 1;
    const replayed = await inspector.replay({ step, from: step === 20 ? early.checkpoint : from, recipe }, slices);
    const { inspection } = replayed;
    expect(inspection.direction).toEqual(direction);
    const norm = Math.hypot(...inspection.gradient);
    expect(Math.abs(norm / (columns.metrics.gradNorm[last] as number) - 1)).toBeLessThan(1e-5);
    const { batch } = await sliceOf(replayed, loss, start.problem, Float64Array.of(0, inspection.stepTaken), 1, slices);
    expect(Math.abs((batch[0] as number) / (columns.metrics.loss[last] as number) - 1)).toBeLessThan(1e-5);
    expect(Math.abs((batch[1] as number) / (columns.metrics.lossAfter[last] as number) - 1)).toBeLessThan(1e-5);
  }
  loss.dispose();
  for (const engine of engines) engine.dispose();
});
