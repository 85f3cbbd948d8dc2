import type { History } from "../../core/history/history";
import { beyondBreakEven, ratioBins, ratioEdge } from "../../core/history/stepRatio";
import { type Domain, logDomain } from "../../kit/chart/domains";

/** One bin of the histogram: its lower edge, and shares of the steps in per cent. */
export interface RatioRow {
  readonly ratio: number;
  readonly all: number;
  readonly recent: number;
  /** With α* of the next minibatch, over the last steps. */
  readonly next: number;
  /** Shares of all steps of compared runs, by key. */
  readonly [run: string]: number;
}

export interface RatioPicture {
  readonly rows: readonly RatioRow[];
  readonly x: Domain;
  readonly y: Domain;
  /** Whether the next minibatch judged one of the last 10% of the steps. */
  readonly judged: boolean;
  /** The last 10% of the steps: their number, and the shares above break-even and without a minimum, 0 … 1. */
  readonly recent: { readonly steps: number; readonly beyond: number; readonly without: number };
}

/**
 * The histogram of lr/α* over all steps, over the last 10% of the steps, with α* of the next minibatch over the same steps, and over
 * all steps of compared runs.
 */
export function ratioPicture(
  history: History,
  before: RatioPicture | null,
  comparedRuns: readonly { readonly key: string; readonly history: History }[] = [],
): RatioPicture {
  const { length } = history;
  const steps = Math.ceil(length / 10);
  const [all, recent] = [history.ratioCounts(1, length), history.ratioCounts(length - steps + 1, length)];
  const next = history.nextRatioCounts(length - steps + 1, length);
  const judgedSteps = sum(next.bins) + next.without;
  const share = (count: number | undefined, of: number) => (of > 0 ? (100 * (count ?? 0)) / of : 0);

  const compared = comparedRuns.map(({ key, history: other }) => ({
    key,
    steps: other.length,
    bins: other.ratioCounts(1, other.length).bins,
  }));

  const filled = [...all.bins.keys()].filter((bin) =>
    [all, next, ...compared].some(({ bins }) => (bins[bin] ?? 0) > 0),
  );
  // The axis always shows the marks at 1 and 2.
  const low = Math.min(ratioEdge(filled[0] ?? 0), filled.length > 0 ? 0.5 : 0.01);
  const high = Math.max(ratioEdge((filled.at(-1) ?? 0) + 1), 5);
  const x = logDomain(low, high, before?.x ?? null);
  const rows: RatioRow[] = [];
  for (let bin = 0; bin <= ratioBins; bin++) {
    const ratio = ratioEdge(bin);
    const shares = compared.map(({ key, steps: of, bins }) => [key, share(bins[bin], of)] as const);
    rows.push({
      ratio,
      all: share(all.bins[bin], length),
      recent: share(recent.bins[bin], steps),
      next: share(next.bins[bin], judgedSteps),
      ...Object.fromEntries(shares),
    });
  }
  const top = Math.max(
    ...rows.map((row) => Math.max(row.all, row.recent, row.next, ...compared.map(({ key }) => row[key] ?? 0))),
  );
  return {
    rows: rows.filter(({ ratio }) => ratio >= x.lo / 2 && ratio <= x.hi * 2),
    x,
    y: shareDomain(top, before?.y ?? null),
    judged: judgedSteps > 0,
    recent: {
      steps,
      beyond: share(sum(recent.bins.subarray(beyondBreakEven)), steps) / 100,
      without: share(recent.without, steps) / 100,
    },
  };
}

const sum = (counts: Uint32Array) => counts.reduce((total, count) => total + count, 0);

const tops = [10, 20, 50, 100] as const;

/** Keeps the axis while the highest bar fills more than a third of it. */
function shareDomain(top: number, before: Domain | null): Domain {
  if (before && top <= before.hi && top > before.hi / 3) return before;
  const hi = tops.find((end) => end >= top) ?? 100;
  return { lo: 0, hi, ticks: [0, hi / 2, hi] };
}
