import { expect, test } from "vitest";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { allTrue } from "../../../lessons/claims";
import { fitAnywhere, fitFacts, fitHere, fitSteps } from "../../../lessons/fit";
import { expectAnywhere } from "../../../lessons/seeds";

test("the statements of the scene “What a step does” hold for its run", async () => {
  const facts = fitFacts(await fitSteps(createWasmEngine), fitHere);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “What a step does” hold for seven of eight seeds", async () => {
  await expectAnywhere(async (seed) => fitFacts(await fitSteps(createWasmEngine, seed), fitAnywhere));
});
