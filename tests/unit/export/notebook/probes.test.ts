import { describe, expect, test } from "vitest";
import { optimiserNames } from "../../../../src/core/recipe/optimisers";
import { measuredNotebook } from "../../../../src/session/notebook";
import { execute, python } from "../../../torch";
import { FakeObserver, newSession } from "../../support/fakes";
import { measuredNotebookOf, sessionAfter } from "../../support/runs";
import { state } from "../../support/sessions";

const runs = [
  { rows: 60, inputs: 3, hidden: [4], batchSize: 16, activation: "tanh" },
  { rows: 50, inputs: 4, hidden: [5, 3], outputs: 3, dataset: "classes", batchSize: 20, lr: 0.02 },
  ...optimiserNames.map((optimiser) => ({ rows: 30, inputs: 3, hidden: [3], optimiser, lr: 0.01 })),
  // Weight decay alone makes the steps grow: the threshold is negative.
  {
    optimiser: "adamw",
    lr: 0.5,
    weightDecay: 4.5,
    hidden: [4],
    activation: "sigmoid",
    dataset: "teacher",
    rows: 60,
    inputs: 3,
    batchSize: 15,
  },
];

/** The names of the values that the notebook of 2 layers with `momentum` prints. */
const namesOf = (momentum: boolean): string[] => [
  ...["this batch", "all data", "fc1", "fc2", "-g", ...(momentum ? ["-m"] : []), "-sign g"].flatMap((name) =>
    ["slope", "curvature", "α*"].map((part) => `${name}, ${part}`),
  ),
  ...["H", "P^-½HP^-½"].flatMap((name) => [`${name}, largest`, `${name}, smallest`]),
  "threshold",
];

const idsOf = (notebook: string): string[] => JSON.parse(notebook).cells.map(({ id }: { id: string }) => id);

/** The line of a step in a notebook's `PAGE`: the values of the page by name. */
function pageOf(notebook: string, step: number): Record<string, number> {
  const { cells } = JSON.parse(notebook) as { cells: { id: string; source: string }[] };
  const source = cells.find(({ id }) => id === "recorded-code")?.source ?? "";
  return JSON.parse(new RegExp(`^    ${step}: (.*),$`, "m").exec(source)?.[1]?.replaceAll("None", "null") ?? "{}");
}

test("measuredNotebook has the probes of step 20 and of the last step", async () => {
  const notebook = await measuredNotebookOf({ rows: 30, inputs: 3, hidden: [3] }, 33);
  for (const step of [20, 33]) expect(Object.keys(pageOf(notebook, step))).toEqual(namesOf(true));
  expect(pageOf(notebook, 20)).not.toEqual(pageOf(notebook, 33));
  const short = await measuredNotebookOf({ rows: 30, inputs: 3, hidden: [3], optimiser: "sgd" }, 4);
  expect(Object.keys(pageOf(short, 4))).toEqual(namesOf(false));
  expect(idsOf(await measuredNotebookOf({ rows: 30 }, 0))).not.toContain("probes-code");
});

test("measuredNotebook rejects when the run is changed meanwhile", async () => {
  const session = await sessionAfter({ rows: 30, inputs: 3, hidden: [3] }, 9);
  const notebook = measuredNotebook(session);
  notebook.catch(() => {});
  await session.set({ lr: 0.5 });
  await expect(notebook).rejects.toThrow("The run has been changed while its notebook was made.");
});

test("measuredNotebook leaves out the probes, with a notice, when the observer fails", async () => {
  const makeObserver = () => {
    const observer = new FakeObserver();
    observer.beforeAnswer = () => observer.die();
    return observer;
  };
  const { session } = newSession({ makeObserver });
  await session.ready;
  await session.load({ rows: 30, inputs: 3, hidden: [3] });
  await session.advance(9);
  expect(idsOf(await measuredNotebook(session))).not.toContain("probes-code");
  expect(state(session).notices).toContainEqual(
    expect.objectContaining({ text: expect.stringContaining("The notebook has no probes. ") }),
  );
});

describe.skipIf(!python)("in PyTorch", { timeout: 600_000 }, () => {
  test("a notebook in PyTorch agrees with all probes of the page for each optimiser", async () => {
    const steps = 13;
    const notebooks = await Promise.all(runs.map((recipe) => measuredNotebookOf(recipe, steps)));
    for (const [k, { status, output }] of execute(notebooks).entries()) {
      expect(status, output).toBe(0);
      const values = Object.keys(pageOf(notebooks[k]!, steps)).length;
      expect(values).toBeGreaterThanOrEqual(namesOf(false).length - 1); // Lion has no threshold
      expect(output).toContain(`Probes and scores: ${values} values agree within the bound; 0 are not compared.`);
    }
  });

  test("a notebook in PyTorch fails when a probe or a score of the page is changed by 2e-6", async () => {
    const probed = await measuredNotebookOf(
      { rows: 60, inputs: 3, hidden: [4], batchSize: 16, activation: "tanh" },
      20,
    );
    const scored = await measuredNotebookOf({ dataset: "penguins", hidden: [3], lr: 0.01 }, 20);
    const scores = ["training rows", "held-out rows"].flatMap((rows) => [`${rows}, loss`, `${rows}, accuracy`]);
    const probes = [
      "all data, slope",
      "fc2, curvature",
      "-sign g, α*",
      "H, smallest",
      "P^-½HP^-½, largest",
      "threshold",
    ];
    const falsified = [
      ...probes.map((name) => ({ name, notebook: probed })),
      ...scores.map((name) => ({ name, notebook: scored })),
    ].map(({ name, notebook }) => {
      const truth = pageOf(notebook, 20)[name]!;
      // Eigenvalues are compared relative to the largest one.
      const size = name.endsWith("smallest") ? pageOf(notebook, 20)[name.replace("smallest", "largest")]! : truth;
      const value = String(truth);
      return { name, text: notebook.replace(`\\"${name}\\": ${value}`, `\\"${name}\\": ${truth + 2e-6 * size}`) };
    });
    const results = execute(falsified.map(({ text }) => text));
    for (const [k, { status, output }] of results.entries()) {
      expect(output).toContain(`AssertionError: ${falsified[k]!.name} of step 20 differs by 2e-06; the bound is 1e-06`);
      expect(status).toBe(1);
    }
  });
});
