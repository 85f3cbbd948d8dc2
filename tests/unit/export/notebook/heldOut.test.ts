import { expect, test } from "vitest";
import { createEvaluator } from "../../../../src/engine/evaluate";
import { measuredNotebook } from "../../../../src/session/notebook";
import { execute, python } from "../../../torch";
import { measuredNotebookOf, sessionAfter } from "../../support/runs";

const idsOf = (notebook: string): string[] => JSON.parse(notebook).cells.map(({ id }: { id: string }) => id);

test("measuredNotebook adds cells for held-out rows only when the run has held-out rows", async () => {
  const ids = idsOf(await measuredNotebookOf({ dataset: "cars" }, 5));
  expect(ids.slice(ids.indexOf("probes-code"), ids.indexOf("compare"))).toEqual([
    "probes-code",
    "held",
    "held-data",
    "held-code",
  ]);
  expect(idsOf(await measuredNotebookOf({ rows: 20 }, 5))).not.toContain("held");
});

test.skipIf(!python)(
  "a notebook of real data in PyTorch agrees with the browser and compares the scores of the page",
  async () => {
    for (const [recipe, steps] of [
      [{ dataset: "cars", hidden: [8], lr: 0.01 }, 120],
      [{ dataset: "penguins", hidden: [6], lr: 0.01, shuffle: true }, 90],
      [{ dataset: "digits", hidden: [16], batchSize: 128, activation: "tanh" }, 6],
    ] as const) {
      const session = await sessionAfter(recipe, steps);
      const run = session.runSoFar();
      const [{ status, output } = { status: 1, output: "" }] = execute([await measuredNotebook(session)]);
      expect(status, output).toBe(0);
      expect(output).toContain("values agree within the bound; 0 are not compared.");
      expect(output).toContain("This notebook and the browser agree.");
      const { train, held } = await createEvaluator(run.start)(run.theta, async () => {});
      expect(output).toMatch(
        new RegExp(`^Scores \\(${train.rows} training rows, ${held?.rows} held-out rows\\) of step ${steps} `, "m"),
      );
      const last = output.slice(output.lastIndexOf("Scores ("));
      for (const [name, score] of Object.entries({ "training rows": train, "held-out rows": held })) {
        const line = (part: string) =>
          new RegExp(`^ +${name}, ${part} +(\\S+) +(\\S+) `, "m").exec(last)?.slice(1).map(Number);
        expect(line("loss")).toEqual([expect.closeTo(score?.loss ?? 0, 7), expect.closeTo(score?.loss ?? 0, 7)]);
        const accuracy = score?.accuracy ?? null;
        const both = [expect.closeTo(accuracy ?? 0, 7), expect.closeTo(accuracy ?? 0, 7)];
        expect(line("accuracy")).toEqual(accuracy === null ? undefined : both);
      }
    }
  },
  600_000,
);
