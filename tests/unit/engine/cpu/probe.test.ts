import { expect, test } from "vitest";
import type { Batch, Probe } from "../../../../src/engine/engine";
import { quickestOf } from "../../../../src/engine/inspect/probe";

const rows: Batch = { order: Uint32Array.of(0), start: 0, count: 1 };
const vector = Float64Array.of(1);

/** A probe that takes so long for each kind of question, and remembers how often it was asked. */
function probeOf(alongMs: number, lossMs: number): Probe & { asked: { along: number; lossAlong: number } } {
  const asked = { along: 0, lossAlong: 0 };
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const answer = { loss: alongMs, slope: 0, curvature: 0, curvatureTerms: 0 };
  return {
    asked,
    async along() {
      asked.along++;
      await wait(alongMs);
      return [answer];
    },
    async lossAlong() {
      asked.lossAlong++;
      await wait(lossMs);
      return Float64Array.of(lossMs);
    },
  };
}

test("each kind of question goes to the candidate that answered it sooner", async () => {
  const [first, second] = [probeOf(150, 0), probeOf(0, 150)];
  const probe = quickestOf([first, second]);
  expect((await probe.along(vector, [vector], rows))[0]?.loss).toBe(0);
  expect(await probe.lossAlong(vector, vector, rows, vector)).toEqual(Float64Array.of(0));
  await probe.along(vector, [vector], rows);
  await probe.lossAlong(vector, vector, rows, vector);
  expect(first.asked).toEqual({ along: 2, lossAlong: 4 });
  expect(second.asked).toEqual({ along: 4, lossAlong: 2 });
});

test("a lone candidate is asked once a question", async () => {
  const only = probeOf(0, 0);
  await quickestOf([only]).along(vector, [vector], rows);
  expect(only.asked.along).toBe(1);
});
