import { roundBar } from "../../kit/chart/outlines";
import { type Plot, usePlot } from "../../kit/chart/usePlot";
import type { Spot, Spots } from "./fitPicture";

/** A shape for each class, as wide as a circle of this radius, around a point; classes beyond the fourth repeat the shapes. */
const shapes: readonly ((x: number, y: number, radius: number) => string)[] = [
  (x, y, r) => roundBar(x, y, y, r),
  (x, y, r) => `M${x} ${y - 1.25 * r}l${1.2 * r} ${2.1 * r}h${-2.4 * r}z`,
  (x, y, r) => `M${x - 0.9 * r} ${y - 0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`,
  (x, y, r) => `M${x} ${y - 1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}z`,
];

/** Radii in pixels. */
const radii = { train: 1.8, held: 2.6, batch: 3.6, next: 3 } as const;
type Group = keyof typeof radii;

/** The rows of the data: this batch over the next batch, both over the held-out rows and all others. */
export function FitSpots({ spots, classes = 1 }: { readonly spots: Spots; readonly classes?: number }) {
  const plot = usePlot();
  if (!plot) return null;
  return (
    <g clipPath={plot.clip}>
      {(["train", "held", "next", "batch"] as const).map((group) =>
        Array.from({ length: classes }, (_, label) => (
          <path
            key={`${group} ${label}`}
            className={`fit-${group} class-${label % 4}`}
            d={shapesOf(
              plot,
              group,
              spots[group].filter((spot) => spot.label === label),
              label,
            )}
          />
        )),
      )}
    </g>
  );
}

function shapesOf({ toX, toY }: Plot, group: Group, spots: readonly Spot[], label: number): string {
  const shape = shapes[label % shapes.length]!;
  return spots
    .map(({ x, y }) => {
      const [left, top] = [toX(x), toY(y)];
      return left === undefined || top === undefined || !Number.isFinite(left + top)
        ? ""
        : shape(left, top, radii[group]);
    })
    .join("");
}

/** A line from the prediction of each row of the batch before the step to the one after it, on the chart of predictions. */
export function FitMoves({ spots, className }: { readonly spots: readonly Spot[]; readonly className: string }) {
  const plot = usePlot();
  if (!plot) return null;
  const { toX, toY } = plot;
  const d = spots.map(({ x, y, moved }) => {
    const [left, from, to] = [toX(x), toY(y), moved === undefined ? undefined : toY(moved)];
    const drawn = [left, from, to].every((value) => value !== undefined && Number.isFinite(value));
    return drawn ? `M${left} ${from}V${to}` : "";
  });
  return <path className={className} clipPath={plot.clip} d={d.join("")} />;
}
