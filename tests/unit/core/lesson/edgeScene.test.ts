// A file of its own, because its eight runs take as long as those of all other scenes together.
import { expect, test } from "vitest";
import { createWasmEngine } from "../../../../src/engine/wasm/engine";
import { allTrue } from "../../../lessons/claims";
import { edgeAnywhere, edgeFacts, edgeHere, edgeRecipe, edgeRun, edgeSteps } from "../../../lessons/edge";
import { expectAnywhere } from "../../../lessons/seeds";

test("the statements of the scene “Edge of stability” hold for its run", async () => {
  const facts = edgeFacts(await edgeRun(createWasmEngine, edgeRecipe(), edgeSteps), edgeHere);
  expect(facts).toEqual(allTrue(facts));
});

test("the statements of the scene “Edge of stability” hold for seven of eight seeds", async () => {
  await expectAnywhere(async (seed) =>
    edgeFacts(await edgeRun(createWasmEngine, { ...edgeRecipe(), seed }, edgeSteps), edgeAnywhere),
  );
}, 120_000);
