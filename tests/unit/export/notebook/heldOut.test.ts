import { expect, test } from "vitest";
import { createEvaluator } from "../../../../src/engine/evaluate";
import { notebookOf } from "../../../../src/export/notebook/notebook";
import { execute, python } from "../../../torch";
import { fakeTables, newSession } from "../../support/fakes";

async function runOn(recipe: object, steps: number) {
  const { session } = newSession({ tables: fakeTables() });
  await session.ready;
  await session.load(recipe);
  await session.advance(steps);
  return session.runSoFar();
}

const idsOf = (notebook: string): string[] => JSON.parse(notebook).cells.map(({ id }: { id: string }) => id);

test("notebookOf adds cells for held-out rows only when the run has held-out rows", async () => {
  const ids = idsOf(notebookOf(await runOn({ dataset: "cars" }, 5)));
  expect(ids.slice(ids.indexOf("run-code"), ids.indexOf("log"))).toEqual([
    "run-code",
    "held",
    "held-data",
    "held-code",
  ]);
  expect(idsOf(notebookOf(await runOn({ rows: 20 }, 5)))).not.toContain("held");
});

test.skipIf(!python)(
  "a notebook of real data in PyTorch agrees with the browser and prints the same scores",
  async () => {
    for (const [recipe, steps] of [
      [{ dataset: "cars", hidden: [8], lr: 0.01 }, 120],
      [{ dataset: "penguins", hidden: [6], lr: 0.01, shuffle: true }, 90],
      [{ dataset: "digits", hidden: [16], batchSize: 128, activation: "tanh" }, 6],
    ] as const) {
      const run = await runOn(recipe, steps);
      const [executed] = execute([notebookOf(run)]);
      expect(executed?.status, executed?.output).toBe(0);
      expect(executed?.output).toContain("This notebook and the browser agree.");
      const { train, held } = await createEvaluator(run.start)(run.theta, async () => {});
      for (const [name, score] of [
        ["training rows", train],
        ["held-out rows", held],
      ] as const) {
        if (!score) throw new Error("The run has no held-out rows.");
        const right = score.accuracy === null ? "" : `, ${(100 * score.accuracy).toFixed(1)} % correct`;
        expect(executed?.output).toContain(
          `${score.rows} ${name} after step ${steps}: loss ${score.loss.toFixed(6)}${right}\n`,
        );
      }
    }
  },
  600_000,
);
