import { directionSymbols, newtonOf } from "../../engine/inspect/probes";
import type { ProbesState } from "../../session/observe/probes";
import { type RulerAxis, shareOf } from "./rulerAxis";
import { inset, widthOf } from "./rulerLayout";

/** A best step on the ruler that is not this step's own. */
export interface ProbeMark {
  readonly key: string;
  readonly text: string;
  readonly alphaStar: number;
}

type Answers = Pick<ProbesState, "along" | "resampled" | "spectrum" | "on">;

/** The best steps of d on the other rows, and of other directions; only those that lie ahead. */
export function marksOf({ along, spectrum }: Answers): ProbeMark[] {
  if (!along) return [];
  const newton = newtonOf(along, spectrum);
  return [
    { key: "full", text: "all data", ...along.full },
    ...[...along.others, ...(newton ? [newton] : [])].map((one) => ({
      key: one.name,
      text: directionSymbols[one.name],
      ...one,
    })),
  ]
    .filter(({ verdict }) => verdict === "minimum")
    .map(({ key, text, alphaStar }) => ({ key, text, alphaStar }));
}

export interface PlacedMark extends ProbeMark {
  readonly x: number;
  /** The line of labels it stands in, 0 nearest to the axis; null where there is no room: a short stem stays. */
  readonly level: number | null;
  readonly left: number;
}

/** From … to on the axis, in the drawing's units. */
export type Extent = readonly [number, number];

const fontSize = 12;
const gap = 5;
/** From a stem to a label at its side. */
const beside = 4;

const apart = (a: Extent, b: Extent): boolean => a[1] + gap <= b[0] || b[1] + gap <= a[0];

/**
 * Places marks on an axis `width` wide. Labels stand over their stems or beside them, in as many lines as are allowed, none
 * over another, over someone else's stem, or over what is `taken` in every line.
 */
export function placed(
  marks: readonly ProbeMark[],
  axis: RulerAxis,
  width: number,
  levels: number,
  taken: readonly Extent[] = [],
): PlacedMark[] {
  const lines: Extent[][] = Array.from({ length: levels }, () => [...taken]);
  return marks
    .map((mark) => ({ ...mark, x: shareOf(axis, mark.alphaStar) * width }))
    .filter(({ x }) => x >= 0 && x <= width)
    .sort((a, b) => a.x - b.x)
    .map((mark, k, sorted) => {
      const { x } = mark;
      const length = widthOf(mark.text, fontSize, "bold");
      const [over, before, behind] = [x - length / 2, x - beside - length, x + beside];
      // One that stands close to the next leaves it the room.
      const crowded = (sorted[k + 1]?.x ?? Number.POSITIVE_INFINITY) < x + length / 2 + gap;
      for (const [level, line] of lines.entries()) {
        const stem: Extent = [x, x];
        // The stem passes the lines below.
        if (!lines.slice(0, level).every((below) => below.every((one) => apart(one, stem)))) break;
        for (const left of crowded ? [before, over, behind] : [over, behind, before]) {
          const label: Extent = [left, left + length];
          const inside = left >= -inset && label[1] <= width + inset;
          if (!inside || !line.every((one) => apart(one, label))) continue;
          line.push(label);
          for (const below of lines.slice(0, level)) below.push(stem);
          return { ...mark, left, level };
        }
      }
      return { ...mark, left: x, level: null };
    });
}

/** Where the α* of other minibatches lie on the axis, those beyond its ends left out; in the drawing's units. */
export function dotsOf({ resampled }: Answers, axis: RulerAxis, width: number): number[] {
  return (resampled?.found ?? [])
    .filter(({ verdict }) => verdict === "minimum")
    .map(({ alphaStar }) => shareOf(axis, alphaStar) * width)
    .filter((x) => x >= 0 && x <= width);
}
