import { expect, it } from "vitest";
import { Explosion } from "../../../../src/engine/experiment/explosion";

/** The number of losses until the explosion; null without one. */
function explodesAfter(losses: readonly number[]): number | null {
  const explosion = new Explosion();
  const index = losses.findIndex((loss) => explosion.add(loss));
  return index < 0 ? null : index + 1;
}

const constant = (count: number, loss: number) => Array<number>(count).fill(loss);

it("Explosion finds the step at which the mean loss is above four times its least value", () => {
  expect(explodesAfter([...constant(50, 1), 50, 50])).toBe(52);
  expect(explodesAfter([...constant(50, 1), ...constant(200, 3.9)])).toBeNull();
  expect(explodesAfter([...constant(50, 1), Number.POSITIVE_INFINITY])).toBe(51);
});

it("Explosion does not find a single large loss of a small minibatch, at the first steps or later", () => {
  expect(explodesAfter([0.01, 1, 3, ...constant(50, 1), 20, ...constant(50, 1)])).toBeNull();
});
