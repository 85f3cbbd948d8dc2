import { expect, test } from "vitest";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { allTrue } from "../../../lessons/claims";
import { expectAnywhere } from "../../../lessons/seeds";
import { zigzagFacts, zigzagRuns } from "../../../lessons/zigzag";

test("the statements of the scene “Cauchy’s zigzag” hold for its run", async () => {
  const facts = zigzagFacts(await zigzagRuns(createWasmEngine), 20);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Cauchy’s zigzag” hold for seven of eight seeds", async () => {
  await expectAnywhere(async (seed) => zigzagFacts(await zigzagRuns(createWasmEngine, { seed }), 3));
}, 120_000);
