import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { initialState, startOf } from "../../../../src/core/data/start";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { createEvaluator, type Evaluation } from "../../../../src/engine/evaluate";
import { Trainer } from "../../../../src/engine/trainer";
import { type RealRun, realRuns } from "../../../reference/realRuns";
import { shippedTable } from "../../support/tables";

type Reached = Readonly<Record<RealRun, Omit<Evaluation, "ms"> & { readonly steps: number }>>;
const reached: Reached = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../reference/real.json"), "utf8"));

test.each(Object.keys(realRuns) as RealRun[])(
  "Trainer on %s reaches PyTorch's loss and accuracy on training rows and on held-out rows",
  async (name) => {
    const { recipe, steps } = realRuns[name];
    const table = await shippedTable(name);
    const start = startOf(recipe, null, table);
    const engine = createCpuEngine(start.problem, initialState(start));
    const trainer = new Trainer(engine, start, recipe);
    while (trainer.checkpoint.step < steps) {
      await trainer.advance(steps - trainer.checkpoint.step, Number.POSITIVE_INFINITY);
    }
    const { train, held } = await createEvaluator(start)(trainer.checkpoint.theta, async () => {});
    const there = reached[name];
    expect(there.steps).toBe(steps);
    const unit = ({ loss, accuracy }: Evaluation["train"]) =>
      accuracy === null
        ? `±${((table.deviation ?? 0) * Math.sqrt(loss)).toFixed(2)}`
        : `${(100 * accuracy).toFixed(1)} % (loss ${loss.toFixed(4)})`;
    for (const part of ["train", "held"] as const) {
      const [ours, theirs] = [part === "train" ? train : held, there[part]];
      if (!ours || !theirs) throw new Error("There are no rows held out.");
      console.log(`${name}, ${part}, ${ours.rows} rows: here ${unit(ours)}, PyTorch ${unit(theirs)}`);
      expect(ours.rows).toBe(theirs.rows);
      expect(ours.accuracy).toBe(theirs.accuracy);
      expect(Math.abs(ours.loss / theirs.loss - 1)).toBeLessThan(1e-8);
    }
    // Training has an effect: half the loss of predicting the mean, or an accuracy of about 90%.
    if (held?.accuracy === null) expect(held.loss).toBeLessThan(0.25);
    else expect(held?.accuracy).toBeGreaterThan(0.87);
  },
  // Digits: 190 steps of 51,000 parameters.
  120_000,
);
