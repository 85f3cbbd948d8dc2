/** Numbers on a grid of points with equal distances, x1 running first. Coordinates are in cells: 0 at the first point. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly at: (column: number, row: number) => number;
}

export type Point = readonly [x: number, y: number];

/** The corners of a cell in turn. */
const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/**
 * The parts of the plane in which a field is positive, as polygons that do not overlap, and its zero lines, as polylines. The field is
 * linear on the edges of the cells (marching squares); a value that is not finite counts as negative.
 */
export function positiveParts(field: Field): { readonly polygons: Point[][]; readonly lines: Point[][] } {
  const polygons: Point[][] = [];
  const segments: [Point, Point][] = [];
  for (let row = 0; row + 1 < field.rows; row++) {
    // Neighbouring cells that are positive everywhere are one rectangle.
    let full = 0;
    for (let column = 0; column + 1 < field.columns; column++) {
      const { polygon, segment } = cellPart(field, column, row);
      if (polygon.length === 4 && segment.length === 0) full++;
      else {
        if (full > 0) polygons.push(rectangle(column - full, row, full));
        full = 0;
        if (polygon.length > 0) polygons.push(polygon);
        for (let k = 0; k + 1 < segment.length; k += 2) segments.push([segment[k]!, segment[k + 1]!]);
      }
    }
    if (full > 0) polygons.push(rectangle(field.columns - 1 - full, row, full));
  }
  // A line through a point of the grid also has segments without a length.
  return { polygons, lines: joined(segments.filter(([a, b]) => keyOf(a) !== keyOf(b))) };
}

const rectangle = (x: number, y: number, width: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + 1],
  [x, y + 1],
];

/** The positive part of a cell, and the ends of its zero lines in pairs: one line, or two where opposite corners are positive. */
function cellPart(field: Field, column: number, row: number): { polygon: Point[]; segment: Point[] } {
  const values = corners.map(([dx, dy]) => {
    const value = field.at(column + dx, row + dy);
    return Number.isFinite(value) ? value : -1;
  });
  const polygon: Point[] = [];
  const crossings: Point[] = [];
  corners.forEach(([dx, dy], k) => {
    const [here, next] = [values[k]!, values[(k + 1) % 4]!];
    if (here > 0) polygon.push([column + dx, row + dy]);
    if (here > 0 === next > 0) return;
    const [toX, toY] = corners[(k + 1) % 4]!;
    const share = here / (here - next);
    const crossing: Point = [column + dx + share * (toX - dx), row + dy + share * (toY - dy)];
    polygon.push(crossing);
    crossings.push(crossing);
  });
  // Two lines cut off the negative corners, as the polygon does.
  const starts = values[0]! > 0 ? crossings : [...crossings.slice(1), ...crossings.slice(0, 1)];
  return { polygon, segment: crossings.length === 4 ? starts : crossings };
}

const keyOf = ([x, y]: Point): string => `${x.toFixed(6)} ${y.toFixed(6)}`;

/** Segments joined at equal ends to polylines. */
function joined(segments: readonly [Point, Point][]): Point[][] {
  const atEnd = new Map<string, Set<number>>();
  segments.forEach((ends, k) => {
    for (const end of ends) atEnd.set(keyOf(end), (atEnd.get(keyOf(end)) ?? new Set()).add(k));
  });
  const left = new Set(segments.keys());
  const lines: Point[][] = [];

  /** Adds the segments that continue a line at its last point. */
  function extend(line: Point[]): void {
    for (;;) {
      const end = keyOf(line.at(-1)!);
      const next = [...(atEnd.get(end) ?? [])].find((k) => left.has(k));
      if (next === undefined) return;
      left.delete(next);
      const [a, b] = segments[next]!;
      line.push(keyOf(a) === end ? b : a);
    }
  }

  for (const k of left) {
    left.delete(k);
    const line = [...segments[k]!];
    extend(line);
    line.reverse();
    extend(line);
    lines.push(line);
  }
  return lines;
}
