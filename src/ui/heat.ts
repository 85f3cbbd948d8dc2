/** One tensor of d, as `session.direction()` gives it. */
export interface Part {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** How a tensor lies on the page: units down, what feeds them across; a bias is one row. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell in CSS pixels. */
  readonly cell: number;
}

/** @param width CSS pixels there are */
export function gridOf({ shape }: Pick<Part, "shape">, width: number): Grid {
  const [first = 1, second] = shape;
  const columns = first;
  const rows = second ?? 1;
  return { columns, rows, cell: Math.min(18, Math.max(1, Math.floor(width / columns))) };
}

/** Where in `values` (inputs × units, row-major) the cell at a column and row is. */
export function indexAt({ rows }: Grid, column: number, row: number): number {
  return column * rows + row;
}

/** The largest |d| there is: full size. */
export function largest(parts: readonly Part[]): number {
  let most = 0;
  for (const { values } of parts) for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

export function normOf(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** What a cell stands for: “fc1.weight, input 3 → unit 2”, counted from 1. */
export function cellName({ name, shape }: Part, column: number, row: number): string {
  return shape.length > 1 ? `${name}, input ${column + 1} → unit ${row + 1}` : `${name}, unit ${column + 1}`;
}
