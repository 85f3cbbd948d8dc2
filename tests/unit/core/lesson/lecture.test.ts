import { expect, it, test } from "vitest";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { allTrue, claims, type Facts, lesson, sceneNamed } from "../../../lessons/claims";
import { edgeAnywhere, edgeFacts, edgeHere, edgeRecipe, edgeRun, edgeSteps } from "../../../lessons/edge";
import { lateFacts, lateSteps } from "../../../lessons/late";
import { traceBy } from "../../../lessons/traces";

const seeds = [0, 1, 2, 3, 4, 5, 6, 7];
const tracesOf = (runs: ReturnType<(typeof claims)[number]["runs"]>, steps: number) =>
  Promise.all(runs.map((recipe) => traceBy(createCpuEngine, recipe, steps)));

/** Expects each fact to hold for all seeds except at most one. */
async function expectAnywhere(factsOf: (seed: number) => Promise<Facts>): Promise<void> {
  const count: Record<string, number> = {};
  for (const seed of seeds) {
    for (const [fact, holds] of Object.entries(await factsOf(seed))) count[fact] = (count[fact] ?? 0) + Number(holds);
  }
  for (const [fact, times] of Object.entries(count)) expect(times, fact).toBeGreaterThanOrEqual(seeds.length - 1);
}

test.each(claims)("the statements of the scene $title hold for its runs", async ({ title, runs, steps, here }) => {
  const facts = here(...(await tracesOf(runs(sceneNamed(title)), steps)));
  expect(facts).toEqual(allTrue(facts));
});

test.each(claims)(
  "the statements of the scene $title hold for seven of eight seeds",
  async ({ title, runs, steps, anywhere }) => {
    await expectAnywhere(async (seed) => {
      const recipes = runs(sceneNamed(title)).map((recipe) => ({ ...recipe, seed }));
      return anywhere(...(await tracesOf(recipes, steps)));
    });
  },
);

test("the statements of the scene “One step late” hold for its run", async () => {
  const facts = lateFacts(await lateSteps(createCpuEngine, 200));
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Edge of stability” hold for its run", async () => {
  const facts = edgeFacts(await edgeRun(createCpuEngine, edgeRecipe(), edgeSteps), edgeHere);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Edge of stability” hold for seven of eight seeds", async () => {
  await expectAnywhere(async (seed) =>
    edgeFacts(await edgeRun(createCpuEngine, { ...edgeRecipe(), seed }, edgeSteps), edgeAnywhere),
  );
}, 120_000);

it("claims covers every scene except the two scenes with tests of their own", () => {
  const claimed = claims.map(({ title }) => title);
  expect(lesson.scenes.map(({ title }) => title).filter((title) => !claimed.includes(title))).toEqual([
    "One step late",
    "Edge of stability",
  ]);
});

it("every scene of the lecture has two or three sentences", () => {
  for (const { title, text } of lesson.scenes) {
    expect(text.split(/[.?!](?:\s|$)/).filter(Boolean).length, title).toSatisfy((n: number) => n >= 2 && n <= 3);
  }
});
