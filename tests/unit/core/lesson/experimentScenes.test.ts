import { expect, test } from "vitest";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { allTrue } from "../../../lessons/claims";
import { rangeFacts, rangeOutcome } from "../../../lessons/range";
import { expectAnywhere } from "../../../lessons/seeds";
import { otherSweepFacts, sweepFacts, sweepRows } from "../../../lessons/sweep";

test("the statements of the scene “Find lr by a range test, then by α*” hold for its run", async () => {
  const facts = rangeFacts(await rangeOutcome(createWasmEngine));
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Find lr by a range test, then by α*” hold for seven of eight seeds", async () => {
  await expectAnywhere(async (seed) => rangeFacts(await rangeOutcome(createWasmEngine, seed)));
});

test("the statements of the scene “Is it this seed?” hold for its sweep", async () => {
  const facts = sweepFacts(await sweepRows(createWasmEngine));
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Is it this seed?” about other seeds hold for the eight next seeds", async () => {
  const facts = otherSweepFacts(await sweepRows(createWasmEngine, 8));
  expect(facts).toEqual(allTrue(facts));
});
