import { expect, it } from "vitest";
import { loaded } from "../support/sessions";

it("Session.direction returns d by tensor, with PyTorch's names and shapes inputs × outputs", async () => {
  const session = await loaded();
  expect(session.direction()).toEqual([]);
  await session.advance(5);
  const direction = session.direction();
  expect(direction.map(({ name, shape }) => [name, shape])).toEqual([
    ["fc1.weight", [4, 3]],
    ["fc1.bias", [3]],
    ["fc2.weight", [3, 1]],
    ["fc2.bias", [1]],
  ]);
  direction.forEach(({ values }, t) => {
    expect(Math.hypot(...values)).toBeCloseTo(session.history().norm("directionNorms", t, 5), 12);
  });
  expect(session.direction(5)).toEqual(direction);
  expect(session.direction(2)).not.toEqual(direction);
  expect(() => session.direction(6)).toThrow("step");
});
