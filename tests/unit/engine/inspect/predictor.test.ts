import { describe, expect, test } from "vitest";
import { initialState, startOf } from "../../../../src/core/data/start";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { Inspector } from "../../../../src/engine/inspect/inspector";
import { createPredictor } from "../../../../src/engine/inspect/predictor";
import { TimeSlices } from "../../../../src/engine/inspect/timeSlices";
import { Trainer } from "../../../../src/engine/trainer";
import { shippedTable } from "../../support/tables";

const alphas = Float64Array.of(0, 0.05, 0.7);

/** The predictions of a step, the replayed step, and the measured loss before and after it. */
async function predictionsOf(settings: object, step = 7, table: Parameters<typeof startOf>[2] = null) {
  const { recipe } = parseRecipe({ lr: 0.05, batchSize: 20, ...settings });
  const start = startOf(recipe, null, table);
  const trainer = new Trainer(createCpuEngine(start.problem, initialState(start)), start, recipe);
  const from = trainer.checkpoint;
  const { columns } = await trainer.advance(step, Number.POSITIVE_INFINITY);
  const inspector = new Inspector(createCpuEngine(start.problem, initialState(start)), start);
  const replayed = await inspector.replay({ step, from, recipe }, new TimeSlices());
  const predictions = await createPredictor(start)(replayed, alphas, new TimeSlices());
  const { loss, lossAfter } = columns.metrics;
  return { start, replayed, predictions, loss: loss[step - 1]!, lossAfter: lossAfter[step - 1]! };
}

/** The output of a network of one hidden tanh layer by its formula, at θ + αd. */
function formula({ theta, direction }: { theta: Float64Array; direction: Float64Array }, alpha: number, units: number) {
  const at = theta.map((value, p) => value + alpha * direction[p]!);
  return (x: number) => {
    let sum = at[3 * units]!;
    for (let j = 0; j < units; j++) sum += at[2 * units + j]! * Math.tanh(x * at[j]! + at[units + j]!);
    return sum;
  };
}

describe("predictions", () => {
  test("createPredictor gives the network's function of one input at every α, and the rows of both minibatches", async () => {
    const curve = { dataset: "curve", hidden: [4], activation: "tanh", rows: 60 };
    const { start, replayed, predictions } = await predictionsOf(curve);
    const { grid, batch, next, train, held } = predictions;
    expect([grid!.x1.length, grid!.x2.length, held]).toEqual([161, 0, null]);
    expect([batch.rows, next!.rows, train.rows]).toEqual([20, 20, 60]);
    alphas.forEach((alpha, k) => {
      const f = formula(replayed.inspection, alpha, 4);
      grid!.x1.forEach((x, i) => {
        expect(grid!.outputs[k]![i]).toBeCloseTo(f(Math.fround(x)), 6);
      });
    });
    const first = replayed.rows.order[replayed.rows.start]!;
    expect([batch.x[0], batch.y[0]]).toEqual([start.problem.x[first], start.problem.y[first]]);
    const judge = replayed.next!.order[replayed.next!.start]!;
    expect([next!.x[0], next!.y[0]]).toEqual([start.problem.x[judge], start.problem.y[judge]]);
    expect(Math.min(...grid!.x1)).toBeLessThan(Math.min(...train.x));
    expect(Math.max(...grid!.x1)).toBeGreaterThan(Math.max(...train.x));
  });

  test("createPredictor gives the outputs of every class on a square grid for data of two inputs", async () => {
    const { replayed, predictions } = await predictionsOf({ dataset: "spiral", hidden: [], rows: 40 });
    const { x1, x2, outputs } = predictions.grid!;
    expect([x1.length, x2.length, outputs.length, outputs[0]!.length]).toEqual([49, 49, 3, 49 * 49 * 2]);
    const { theta, direction } = replayed.inspection;
    // z = xW + b, with W of two inputs × two outputs.
    const at = theta.map((value, p) => value + 0.7 * direction[p]!);
    for (const [i, j] of [
      [0, 0],
      [48, 0],
      [3, 30],
    ] as const) {
      for (const k of [0, 1]) {
        const z = Math.fround(x1[i]!) * at[k]! + Math.fround(x2[j]!) * at[2 + k]! + at[4 + k]!;
        expect(outputs[2]![(j * 49 + i) * 2 + k]).toBeCloseTo(z, 5);
      }
    }
  });

  test("createPredictor gives outputs whose mean squared error is the measured loss before and after the step", async () => {
    const settings = { dataset: "teacher", rows: 50, inputs: 3, outputs: 2, hidden: [5] };
    const { predictions, loss, lossAfter } = await predictionsOf(settings);
    const { batch, grid } = predictions;
    expect([grid, batch.x.length, batch.rows]).toEqual([null, 0, 20]);
    // lr is the second α.
    [loss, lossAfter].forEach((measured, k) => {
      const errors = batch.y.map((y, i) => (batch.outputs[k]![i]! - y) ** 2);
      expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(measured, 5);
    });
  });

  test("createPredictor gives the outputs of held-out rows of real data", async () => {
    const table = await shippedTable("penguins");
    const { predictions } = await predictionsOf({ dataset: "penguins", hidden: [6] }, 3, table);
    expect(predictions.held).toMatchObject({ rows: table.held!.rows, y: table.held!.y });
    expect(predictions.held!.outputs.map((outputs) => outputs.length)).toEqual(Array(3).fill(3 * table.held!.rows));
  });

  test("createPredictor has at most 500 rows of a group, and fewer for many parameters", async () => {
    const { predictions } = await predictionsOf({ rows: 2000, batchSize: 1200 }, 1);
    expect([predictions.batch.rows, predictions.train.rows]).toEqual([500, 500]);
    const wide = await predictionsOf({ rows: 300, batchSize: 300, hidden: [200, 200] }, 1);
    // 2²⁵ products over 5 α and 42,601 parameters.
    expect(wide.predictions.batch.rows).toBe(157);
  });
});
