import { beforeAll, describe, expect, test } from "vitest";
import { initialState } from "../../../../src/core/data/start";
import { makeRunFile, type RunSoFar } from "../../../../src/core/files/runfile";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { cellsOf } from "../../../../src/export/cells";
import { boundsOf } from "../../../../src/export/notebook/bounds";
import { notebookOf } from "../../../../src/export/notebook/notebook";
import { differencesIn, type Execution, execute, python, recompute } from "../../../torch";
import { chaotic, measuredNotebookOf, recipes, runOf } from "../../support/runs";

interface Notebook {
  readonly cells: { readonly cell_type: string; readonly id: string; readonly source: string }[];
}

const parsed = (text: string) => JSON.parse(text) as Notebook;
const sourceOf = (text: string, id: string) => parsed(text).cells.find((cell) => cell.id === id)?.source ?? "";
const small = { rows: 40, inputs: 3, hidden: [4], batchSize: 16 };

test("notebookOf writes nbformat 4.5", async () => {
  const notebook = JSON.parse(notebookOf(await runOf(small, 5)));
  expect(Object.keys(notebook).sort()).toEqual(["cells", "metadata", "nbformat", "nbformat_minor"]);
  expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
  expect(notebook.metadata).toEqual({
    kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
    language_info: { name: "python" },
  });
  const ids = notebook.cells.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, cell_type: type, metadata, source, ...rest } of notebook.cells) {
    expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    expect(metadata).toEqual(expect.any(Object));
    expect(source.trim(), id).not.toBe("");
    if (type === "markdown") expect(rest).toEqual({});
    else expect([type, rest]).toEqual(["code", { execution_count: null, outputs: [] }]);
  }
  expect(ids.at(-1)).toBe("compare-code");
});

test("notebookOf describes the run and folds the cells that hold numbers only", async () => {
  const text = notebookOf(await runOf({ ...small, lr: 0.02, edits: [{ step: 3, lr: 0.5 }] }, 7));
  expect(sourceOf(text, "title")).toContain("noise 3-4-1, relu, mean squared error, 40 rows");
  expect(sourceOf(text, "title")).toContain("all 7 steps of the run");
  expect(sourceOf(text, "title")).toContain("`#lr=0.02&batchSize=16&rows=40&inputs=3&hidden=4&edits=3:lr=0.5`");
  expect(sourceOf(text, "settings-code")).toContain('EDITS = {\n    3: {"lr": 0.5},\n}');
  const { cells } = JSON.parse(text);
  const folded = cells.filter((cell: { metadata: object }) => "jupyter" in cell.metadata);
  expect(folded.map(({ id }: { id: string }) => id)).toEqual(["data-code", "recorded-code"]);
});

test("notebookOf writes each schedule as a formula with its step and its length, and the lr of every step", async () => {
  const text = notebookOf(await runOf(recipes.schedules, 240));
  const settings = sourceOf(text, "settings-code");
  expect(settings).toContain(
    'EDITS = {\n    30: {"beta1": 0.6},\n    100: {"lr": 0.004},\n    230: {"beta2": 0.95},\n}',
  );
  expect(settings).toContain("    60: (30, lambda t: 0.01 * 0.7 ** (t // 8)),\n");
  expect(settings).toContain("    110: (40, lambda t: 0.001 + (0.012 - 0.001) * t / 40),\n");
  expect(settings).toContain("    230: (70, lambda t: 0 + (0.01 - 0) * (1 + math.cos(math.pi * t / 70)) / 2),\n");
  const rates = sourceOf(text, "recorded-code")
    .match(/"lr": \[(.*)\]/)?.[1]
    ?.split(", ")
    .map(Number);
  expect(rates).toHaveLength(240);
  expect([0, 10, 67, 239].map((i) => rates?.[i])).toEqual(
    [0, 0.01, 0.007, 0.00950484].map((rate) => expect.closeTo(rate, 8)),
  );
  expect(sourceOf(notebookOf(await runOf(small, 3)), "settings-code")).toContain("SCHEDULES = {}");
});

test("notebookOf describes the run's optimiser and no other", async () => {
  const text = notebookOf(await runOf({ ...small, optimiser: "rmsprop" }, 3));
  expect(sourceOf(text, "title")).toContain("How far should RMSProp step?");
  expect(sourceOf(text, "rmsprop-code")).toContain("class Optimiser");
  expect(text).not.toMatch(/\bAdam\b|Moments/);
  const adamW = notebookOf(await runOf({ ...small, optimiser: "adamw" }, 3));
  expect(sourceOf(adamW, "moments-code")).toContain("class Moments");
  expect(sourceOf(adamW, "adamw-code")).toContain("class Optimiser(Moments)");
  expect(adamW).not.toContain("class Optimiser:");
});

test("cellsOf splits a file into cells and throws for a generated cell without a text", () => {
  const text =
    '# about\n\n# %% [markdown] id="a"\n# # A\n#\n# b\n\n# %% id="b" generated folded\n\n# %% id="c"\nx = 1  # y\n';
  const none = { execution_count: null, outputs: [] };
  expect(cellsOf(text, { b: "z" })).toEqual([
    { cell_type: "markdown", id: "a", metadata: {}, source: "# A\n\nb" },
    { cell_type: "code", id: "b", metadata: { jupyter: { source_hidden: true } }, source: "z", ...none },
    { cell_type: "code", id: "c", metadata: {}, source: "x = 1  # y", ...none },
  ]);
  expect(() => cellsOf(text, {})).toThrow("notebook body: found no text for the generated cell b");
  expect(() => cellsOf("\n# %% nonsense\n", {})).toThrow("# %% nonsense");
});

test("boundsOf uses the engine's rounding error for a zero curvature", async () => {
  const { start } = await runOf(small, 0);
  const engine = createCpuEngine(start.problem, initialState(start));
  expect(boundsOf.cpu.rounding).toBe(engine.rounding);
});

describe.skipIf(!python)("in PyTorch", { timeout: 600_000 }, () => {
  test("a notebook of 300 cpu steps agrees in PyTorch within 1e-6 for every activation, loss, rule and optimiser", async () => {
    const notebooks = await Promise.all(Object.values(recipes).map((recipe) => measuredNotebookOf(recipe, 300)));
    const results = execute(notebooks);
    for (const [i, name] of Object.keys(recipes).entries()) {
      const { status, output } = results[i] as Execution;
      expect(status, `${name}: ${output.slice(-2000)}`).toBe(0);
      expect(output, name).toContain("Compared: steps 1 to 300 of 300 recorded. Bound: 1e-06");
      expect(output, name).toContain("Verdicts that agree: 300 of 300");
      const differences = differencesIn(results[i] as Execution);
      expect(differences, name).toHaveLength(10);
      for (const difference of differences) expect(difference, name).toBeLessThan(1e-6);
      expect(output, name).toMatch(/Probes and scores: [1-9]\d+ values agree within the bound/);
    }
  });

  describe("a notebook with a falsified value", () => {
    let run: RunSoFar;
    beforeAll(async () => {
      run = await runOf({ ...small, hidden: [5], activation: "tanh" }, 120);
    });

    test.each([
      "loss",
      "slope",
      "curvature",
      "alphaStar",
      "nextSlope",
      "nextCurvature",
      "nextAlphaStar",
      "gradVariance",
      "alphaStarError",
      "gaussNewton",
    ] as const)("a notebook in PyTorch fails when %s is changed by 2e-6", (name) => {
      const truth = run.history.value(name, 77);
      const text = notebookOf(run).replace(`, ${truth}, `, `, ${truth * (1 + 2e-6)}, `);
      const [{ status, output } = { status: 0, output: "" }] = execute([text]);
      expect(status).toBe(1);
      expect(output).toMatch(new RegExp(`AssertionError: ${name} differs by 2e-06 at step 77; the bound is 1e-06`));
    });

    test("a notebook in PyTorch fails when a verdict, an α*, a setting, a parameter or a norm is changed", () => {
      const text = notebookOf(run);
      const star = String(run.history.value("alphaStar", 30));
      const norm = run.history.norm("directionNorms", 0, 30);
      const { weights } = makeRunFile(run).case;
      const [weight = ""] = weights;
      const falsified = [
        text.replace('\\"minimum\\", \\"minimum\\"', '\\"minimum\\", \\"behind\\"'),
        text.replace(`, ${star}, `, ", None, "),
        text.replace('\\"beta2\\": 0.999', '\\"beta2\\": 0.998'),
        text.replace(weight.slice(0, 8), `${weight.slice(4, 8)}${weight.slice(0, 4)}`),
        text.replace(`[${norm}, `, `[${norm * (1 + 2e-6)}, `),
      ];
      const results = execute(falsified);
      const message = /AssertionError: .*/;
      expect(results.map(({ output }) => message.exec(output)?.[0])).toEqual([
        expect.stringMatching(/verdicts differ/),
        "AssertionError: alphaStar differs by inf at step 30; the bound is 1e-06",
        expect.stringMatching(/differs by/),
        expect.stringMatching(/differs by/),
        "AssertionError: norms differs by 2e-06 at step 30; the bound is 1e-06",
      ]);
      expect(results.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1]);
    });
  });

  test("a notebook in PyTorch compares only part of a diverged, a chaotic, a long and an unstarted run", async () => {
    const notebooks = [
      notebookOf(await runOf({ rows: 2, hidden: [64], edits: [{ step: 20, eps: 0 }] }, 25)),
      notebookOf(await runOf(chaotic, 300)),
      notebookOf(await runOf({ ...small, shuffle: true }, 2100)),
      notebookOf(await runOf(small, 0)),
    ];
    const results = execute(notebooks);
    expect(results.map(({ status, output }) => (status === 0 ? "" : output))).toEqual(["", "", "", ""]);
    const [diverged, parted, long, none] = results.map(({ output }) => output);
    expect(diverged).toContain("Compared: steps 1 to 19 of");
    expect(diverged).toContain("From step 20 on training has diverged");
    expect(parted).toMatch(/Compared: steps 1 to [1-9]\d? of 300 recorded/);
    expect(parted).toMatch(/From step \d+ on rounding errors alone may exceed the bound/);
    expect(sourceOf(notebooks[2] ?? "", "title")).toContain("the first 2000 of the run's 2100 steps");
    expect(long).toContain("Compared: steps 1 to 300 of 2000 recorded");
    expect(none).toContain("No step was compared.");
  });

  test("the reference in PyTorch computes the trace of an exported run file from its case", async () => {
    const names = [
      "schedules",
      "tanh, teacher, lr",
      "relu, classes, σ·α*",
      "two hidden layers, shuffled",
      "the notebook's own",
    ];
    const optimisers = ["sgd", "momentum", "rmsprop", "adamw", "amsgrad", "nadam", "lion"] as const;
    const constant = optimisers.map((optimiser) => ({ ...small, optimiser, lr: 0.01, weightDecay: 0.2 }));
    const chosen = [...names.map((name) => recipes[name]), ...constant];
    for (const recipe of chosen) {
      const name = JSON.stringify(recipe);
      const run = makeRunFile(await runOf(recipe, 100));
      const { case: source, trace, finalWeights, finalBiases } = JSON.parse(JSON.stringify(run)) as typeof run;
      const { rows, ...final } = recompute(source) as {
        rows: Record<string, unknown>[];
        finalWeights: number[][];
        finalBiases: number[][];
      };
      expect(rows).toHaveLength(100);
      for (const [i, row] of rows.entries()) {
        const at = (list: readonly unknown[]) => list[i];
        for (const key of compared) expect(trace[key]?.[i], `${name}, ${key} at ${i + 1}`).toEqual(near(row[key]));
        for (const key of ["gradNorms", "directionNorms"] as const) expect(trace[key].map(at)).toEqual(near(row[key]));
        expect(trace.batch[i]).toBe(row.batch);
      }
      expect(finalWeights).toEqual(near(final.finalWeights));
      expect(finalBiases).toEqual(near(final.finalBiases));
    }
  });
});

const compared = [
  "loss",
  "slope",
  "curvature",
  "alphaStar",
  "stepTaken",
  "lossAfter",
  "cosine",
  "nextSlope",
  "nextCurvature",
  "nextAlphaStar",
  "nextVerdict",
  "gradVariance",
  "alphaStarError",
  "gaussNewton",
] as const;

/** The same, with numbers to eight digits, or to eight decimals where they are small. */
function near(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(near);
  if (typeof value !== "number") return value;
  return expect.closeTo(value, Math.min(8, Math.max(0, 8 - Math.ceil(Math.log10(Math.abs(value) || 1)))));
}
