import { expect, test } from "vitest";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { allTrue } from "../../../lessons/claims";
import { expectAnywhere } from "../../../lessons/seeds";
import { warmUpFacts, warmUpShares } from "../../../lessons/warmUp";

test("the statements of the scene “Why warm-up” hold for its run", async () => {
  const facts = warmUpFacts(await warmUpShares(createWasmEngine, 1), 7.5, 8.5);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Why warm-up” hold for seven of eight seeds", async () => {
  await expectAnywhere(async (seed) =>
    warmUpFacts(await warmUpShares(createWasmEngine, 5, seed), 3, Number.POSITIVE_INFINITY),
  );
}, 120_000);
