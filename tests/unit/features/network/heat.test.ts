import { expect, it } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { cellOf, gridOf, normOf, parameterIn } from "../../../../src/features/network/heat";

it("gridOf lays the longer dimension of a tensor across, in the largest cells that fit", () => {
  expect(gridOf([10, 5], 200)).toEqual({ columns: 10, rows: 5, cell: 18, across: "inputs" });
  expect(gridOf([10, 64], 260)).toEqual({ columns: 64, rows: 10, cell: 4, across: "units" });
  expect(gridOf([5], 200)).toMatchObject({ columns: 5, rows: 1 });
  expect(gridOf([1024, 10], 250).cell).toBe(1);
});

it.each([[[4, 3, 2]], [[2, 5, 1]]])("cellOf and parameterIn are inverse to each other in a network of %j", (sizes) => {
  for (const tensor of tensorsOf(sizes)) {
    const grid = gridOf(tensor.shape, 100);
    const cells = new Set<string>();
    for (let parameter = tensor.offset; parameter < tensor.offset + tensor.size; parameter++) {
      const cell = cellOf(tensor, grid, parameter);
      expect(cell && parameterIn(tensor, grid, cell.column, cell.row)).toBe(parameter);
      cells.add(JSON.stringify(cell));
    }
    expect(cells.size).toBe(grid.columns * grid.rows);
    expect(cellOf(tensor, grid, tensor.offset + tensor.size)).toBeNull();
    expect(parameterIn(tensor, grid, grid.columns, 0)).toBeNull();
    expect(parameterIn(tensor, grid, 0, -1)).toBeNull();
  }
  const [weight] = tensorsOf(sizes);
  // Row-major, inputs × units: input 2, unit 3.
  const across = gridOf(weight?.shape ?? [], 100).across;
  expect(
    weight &&
      parameterIn(weight, gridOf(weight.shape, 100), ...((across === "units" ? [2, 1] : [1, 2]) as [number, number])),
  ).toBe((sizes[1] ?? 0) + 2);
});

it("normOf returns the Euclidean norm", () => {
  expect(normOf(new Float64Array([3, -4]))).toBe(5);
});
