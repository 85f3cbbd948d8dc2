import type { Axes } from "../../engine/linalg/axes";
import { type Domain, linearDomain } from "../../kit/chart/domains";
import { rankDomain } from "./spectrumPicture";

/** A corner of a staircase: from this position on the axis of the ranks, the eigenvectors so far hold this share. */
export interface Stair {
  readonly rank: number;
  readonly share: number;
}

export interface SharesPicture {
  readonly x: Domain;
  readonly y: Domain;
  /** Of dᵀg, dᵀHd and ‖d‖², cumulated from the largest eigenvalue on; empty where the sum is a small difference of large parts. */
  readonly slope: readonly Stair[];
  readonly curvature: readonly Stair[];
  readonly square: readonly Stair[];
}

/** A sum below this share of the magnitudes of its parts has no staircase: the shares would be far beyond 100%. */
const smallestSum = 0.1;

/** The shares that the eigenvectors hold of slope, curvature and squared length of d, cumulated by rank. */
export function sharesPicture({ slopes, curvatures, squares }: Axes, before: SharesPicture | null): SharesPicture {
  const stairs = { slope: stairsOf(slopes), curvature: stairsOf(curvatures), square: stairsOf(squares) };
  const shares = Object.values(stairs).flatMap((rows) => rows.map(({ share }) => share));
  return {
    x: rankDomain(squares.length),
    y: linearDomain(Math.min(0, ...shares), Math.max(1, ...shares), before?.y ?? null),
    ...stairs,
  };
}

/** @param parts of ascending eigenvalues */
function stairsOf(parts: Float64Array): readonly Stair[] {
  const total = sumOf(parts);
  if (Math.abs(total) < smallestSum * sumOf(parts.map(Math.abs)) || total === 0) return [];
  const rows: Stair[] = [{ rank: 0.5, share: 0 }];
  let sum = 0;
  for (let rank = 1; rank <= parts.length; rank++) {
    sum += parts[parts.length - rank]!;
    rows.push({ rank: rank - 0.5, share: sum / total });
  }
  return [...rows, { rank: parts.length + 0.5, share: sum / total }];
}

/** The sum over all eigenvectors. */
export const sumOf = (parts: Float64Array): number => parts.reduce((sum, part) => sum + part, 0);
