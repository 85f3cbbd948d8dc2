import { expect, test } from "vitest";
import { initialState } from "../../../../src/core/data/start";
import { optimiserNames } from "../../../../src/core/recipe/optimisers";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { Inspector } from "../../../../src/engine/inspect/inspector";
import { StepAnalyser } from "../../../../src/engine/inspect/stepAnalyser";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { Trainer } from "../../../../src/engine/trainer";
import { notebookOf } from "../../../../src/export/notebook/notebook";
import { execute, python } from "../../../torch";
import { runOf } from "../../support/runs";

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

const names = { gradient: "-g", momentum: "-m", sign: "-sign g", newton: "" } as const;

test.skipIf(!python)(
  "a notebook in PyTorch prints the same probes of its last step as the page",
  async () => {
    const steps = 23;
    const notebooks = await Promise.all(runs.map((recipe) => runOf(recipe, steps)));
    const executions = execute(notebooks.map(notebookOf));
    for (const [k, { start }] of notebooks.entries()) {
      const { status, output } = executions[k]!;
      expect(status, output).toBe(0);
      const line = (name: string) => {
        const found = output.split("\n").find((text) => text.startsWith(`${name} `) && /\de[+-]\d/.test(text));
        return (found?.slice(name.length).match(/-?\d\.\d+e[+-]\d+/g) ?? []).map(Number);
      };
      const engine = () => createCpuEngine(start.problem, initialState(start));
      const probe = createCpuDirectionalLoss(start.problem);
      const analyser = new StepAnalyser(() => probe, start, 2 ** -40);
      const from = new Trainer(engine(), start, start.recipe).checkpoint;
      const options = { on: "batch", resamples: 1 } as const;
      const slices = new TimeSlices();
      const replayed = await new Inspector(engine(), start).replay({ step: steps, from, recipe: start.recipe }, slices);
      const along = (await analyser.answer("along", replayed, options, slices))!;
      const ends = (await analyser.answer("extremes", replayed, options, slices))!;
      const close = (name: string, wanted: readonly number[]) => {
        const found = line(name);
        expect(found.length, `${name} in ${output}`).toBe(wanted.length);
        for (const [i, want] of wanted.entries()) {
          expect(Math.abs(found[i]! - want), `${name}: ${found[i]} for ${want}`).toBeLessThan(
            1e-5 * Math.abs(want) + 1e-8,
          );
        }
      };
      for (const [name, { slope, curvature }] of [
        ["this batch", along.batch],
        ["all data", along.full],
        ...along.others.map((other) => [names[other.name], other] as const),
      ] as const) {
        close(name, [slope, curvature, -slope / curvature]);
      }
      along.layers.forEach(({ slopeShare, curvatureShare, alone }, l) => {
        close(`fc${l + 1}`, [slopeShare, curvatureShare, -alone.slope / alone.curvature]);
      });
      close("H", [ends.hessian.largest.value, ends.hessian.smallest.value]);
      close("P^-½HP^-½", [ends.preconditioned.largest.value, ends.preconditioned.smallest.value]);
      if (ends.threshold !== null) close("threshold", [ends.threshold]);
      else expect(output).not.toContain("threshold  ");
    }
  },
  600_000,
);
