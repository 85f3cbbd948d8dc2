import { expect, test } from "vitest";
import { roundBar } from "../../../../src/kit/chart/outlines";

test("a bar without length is a closed disc: its outline has two arcs over the whole width", () => {
  expect(roundBar(10, 20, 20, 2)).toBe("M8 20a2 2 0 0 1 4 0V20a2 2 0 0 1 -4 0z");
});

test("a bar has the same outline in either order of its ends", () => {
  expect(roundBar(10, 30, 20, 2)).toBe(roundBar(10, 20, 30, 2));
});
