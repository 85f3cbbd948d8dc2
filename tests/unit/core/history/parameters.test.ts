import { expect, it } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { parameterByKey, parameterName } from "../../../../src/core/history/parameters";

const tensors = tensorsOf([3, 2, 1]);

it("parameterName gives tensor, source and target, counted from 1", () => {
  expect(parameterName(tensors, 5)).toBe("fc1.weight, input 3 → unit 2");
  expect(parameterName(tensors, 7)).toBe("fc1.bias, unit 2");
  expect(parameterName(tensors, 9)).toBe("fc2.weight, unit 2 → output 1");
  expect(parameterName(tensors, 10)).toBe("fc2.bias, output 1");
  expect(parameterName(tensors, 11)).toBe("");
  expect(parameterName(tensors, -1)).toBe("");
});

it("parameterByKey moves within a tensor with arrow keys and between tensors with page keys", () => {
  const by = (parameter: number, key: string) => parameterByKey(tensors, parameter, key);
  expect([by(0, "ArrowRight"), by(4, "ArrowRight"), by(2, "ArrowLeft"), by(1, "ArrowLeft")]).toEqual([2, 4, 0, 1]);
  expect([by(0, "ArrowDown"), by(1, "ArrowDown"), by(1, "ArrowUp"), by(2, "ArrowUp")]).toEqual([1, 1, 0, 2]);
  expect([by(6, "ArrowRight"), by(6, "ArrowDown"), by(7, "ArrowDown")]).toEqual([6, 7, 7]);
  expect([by(3, "PageDown"), by(9, "PageUp"), by(0, "PageUp"), by(10, "PageDown")]).toEqual([6, 6, 0, 10]);
  expect([by(3, "Home"), by(3, "End"), by(3, "x")]).toEqual([0, 10, null]);
});

it("parameterByKey reaches every parameter of the network", () => {
  const reached = new Set([0]);
  for (const parameter of reached) {
    for (const key of ["ArrowRight", "ArrowDown", "PageDown"])
      reached.add(parameterByKey(tensors, parameter, key) ?? 0);
  }
  expect(reached.size).toBe(11);
});
