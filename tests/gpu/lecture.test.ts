import { expect, test } from "vitest";
import { createWebglEngine } from "../../src/engine/webgl/engine";
import { allTrue, claims, sceneNamed } from "../lessons/claims";
import { edgeFacts, edgeHere, edgeRecipe, edgeRun, edgeSteps } from "../lessons/edge";
import { fitFacts, fitHere, fitSteps } from "../lessons/fit";
import { lateFacts, lateSteps } from "../lessons/late";
import { rangeFacts, rangeOutcome } from "../lessons/range";
import { traceBy } from "../lessons/traces";
import { warmUpFacts, warmUpShares } from "../lessons/warmUp";
import { zigzagFacts, zigzagRuns } from "../lessons/zigzag";
import { device } from "./device";

test.each(claims)("the statements of the scene $title hold on WebGL", async ({ title, runs, steps, here }) => {
  const gpu = await device();
  const traces = [];
  for (const recipe of runs(sceneNamed(title))) {
    traces.push(await traceBy((problem, state) => createWebglEngine(gpu, problem, state), recipe, steps));
  }
  const facts = here(...traces);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “One step late” hold on WebGL", async () => {
  const gpu = await device();
  const facts = lateFacts(await lateSteps((problem, state) => createWebglEngine(gpu, problem, state), 200));
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Edge of stability” hold on WebGL", async () => {
  const gpu = await device();
  const onGpu: Parameters<typeof edgeRun>[0] = (problem, state) => createWebglEngine(gpu, problem, state);
  const facts = edgeFacts(await edgeRun(onGpu, edgeRecipe(), edgeSteps), edgeHere);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Cauchy’s zigzag” hold on WebGL", async () => {
  const gpu = await device();
  const facts = zigzagFacts(await zigzagRuns((problem, state) => createWebglEngine(gpu, problem, state)), 3);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Why warm-up” hold on WebGL", async () => {
  const gpu = await device();
  const shares = await warmUpShares((problem, state) => createWebglEngine(gpu, problem, state), 5);
  const facts = warmUpFacts(shares, 7.5, 8.5);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “What a step does” hold on WebGL", async () => {
  const gpu = await device();
  const facts = fitFacts(await fitSteps((problem, state) => createWebglEngine(gpu, problem, state)), fitHere);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Find lr by a range test, then by α*” hold on WebGL", async () => {
  const gpu = await device();
  const facts = rangeFacts(await rangeOutcome((problem, state) => createWebglEngine(gpu, problem, state)));
  expect(facts).toEqual(allTrue(facts));
});
