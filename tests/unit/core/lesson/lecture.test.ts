import { expect, it, test } from "vitest";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { allTrue, claims, lesson, sceneNamed } from "../../../lessons/claims";
import { lateFacts, lateSteps } from "../../../lessons/late";
import { expectAnywhere } from "../../../lessons/seeds";
import { traceBy } from "../../../lessons/traces";

const tracesOf = (runs: ReturnType<(typeof claims)[number]["runs"]>, steps: number) =>
  Promise.all(runs.map((recipe) => traceBy(createWasmEngine, recipe, steps)));

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
  const facts = lateFacts(await lateSteps(createWasmEngine, 200));
  expect(facts).toEqual(allTrue(facts));
});

it("claims covers every scene except the scenes with tests of their own", () => {
  const claimed = claims.map(({ title }) => title);
  expect(lesson.scenes.map(({ title }) => title).filter((title) => !claimed.includes(title))).toEqual([
    "One step late",
    "Edge of stability",
    "Cauchy’s zigzag",
    "Why warm-up",
    "What a step does",
    "Find lr by a range test, then by α*",
    "Is it this seed?",
  ]);
});

it("every scene of the lecture has two or three sentences", () => {
  for (const { title, text } of lesson.scenes) {
    expect(text.split(/[.?!](?:\s|$)/).filter(Boolean).length, title).toSatisfy((n: number) => n >= 2 && n <= 3);
  }
});
