import { directionSymbols, newtonOf } from "../../../engine/inspect/probes/probes";
import type { ProbesState } from "../../../session/observe/probes";
import { type RulerAxis, shareOf } from "./rulerAxis";
import { inset, widthOf } from "./rulerLayout";

/** A best step on other rows or along another direction. */
export interface OtherMark {
  readonly key: string;
  readonly text: string;
  readonly alphaStar: number;
}

type Answers = Pick<ProbesState, "along" | "resampled" | "spectrum" | "on">;

/** The best steps of d on all data, and of other directions; only those with the verdict `minimum`. */
export function bestStepMarks({ along, spectrum }: Answers): OtherMark[] {
  if (!along) return [];
  const newton = newtonOf(along, spectrum);
  return [
    { key: "full", text: "all data", ...along.full },
    ...[...along.others, ...(newton ? [newton] : [])].map((direction) => ({
      key: direction.name,
      text: directionSymbols[direction.name],
      ...direction,
    })),
  ]
    .filter(({ verdict }) => verdict === "minimum")
    .map(({ key, text, alphaStar }) => ({ key, text, alphaStar }));
}

export interface PlacedMark extends OtherMark {
  readonly x: number;
  /** The line of labels, 0 nearest to the axis; null without space for a label: only a short stem is drawn. */
  readonly level: number | null;
  /** The left end of the label. */
  readonly left: number;
}

/** An interval of the axis, in the drawing's units. */
export type Extent = readonly [number, number];

const fontSize = 12;
const gap = 5;
/** From a stem to a label at its side. */
const beside = 4;

const areApart = (a: Extent, b: Extent): boolean => a[1] + gap <= b[0] || b[1] + gap <= a[0];

/**
 * Places marks on an axis `width` wide. A label is over its stem or beside it, in one of `levels` lines. It overlaps no other
 * label, no other stem and no extent that is `taken` in every line.
 */
export function placeMarks(
  marks: readonly OtherMark[],
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
      const [over, left, right] = [x - length / 2, x - beside - length, x + beside];
      // Close to the next mark, a label goes to the left first.
      const crowded = (sorted[k + 1]?.x ?? Number.POSITIVE_INFINITY) < x + length / 2 + gap;
      for (const [level, line] of lines.entries()) {
        const stem: Extent = [x, x];
        // The stem passes the lines below.
        if (!lines.slice(0, level).every((below) => below.every((extent) => areApart(extent, stem)))) break;
        for (const start of crowded ? [left, over, right] : [over, right, left]) {
          const label: Extent = [start, start + length];
          const inside = start >= -inset && label[1] <= width + inset;
          if (!inside || !line.every((extent) => areApart(extent, label))) continue;
          line.push(label);
          for (const below of lines.slice(0, level)) below.push(stem);
          return { ...mark, left: start, level };
        }
      }
      return { ...mark, left: x, level: null };
    });
}

/** The positions of α* of other minibatches on the axis, in the drawing's units; those beyond its ends are left out. */
export function resampleDots({ resampled }: Answers, axis: RulerAxis, width: number): number[] {
  return (resampled?.found ?? [])
    .filter(({ verdict }) => verdict === "minimum")
    .map(({ alphaStar }) => shareOf(axis, alphaStar) * width)
    .filter((x) => x >= 0 && x <= width);
}
