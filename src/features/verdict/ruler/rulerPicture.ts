import { quantile } from "d3-array";
import { type RecentSteps, recentSteps } from "../../../core/history/recentSteps";
import type { ChartSource } from "../../../kit/redraw/source";
import type { Stroke } from "../../../kit/text/palette";
import { drawnComparedRuns } from "../../../kit/timechart/drawnRuns";
import { axisAround, type RulerAxis, shareOf } from "./rulerAxis";
import { type Bars, barsOf, settled } from "./rulerBars";

/** The data of the ruler, besides the marked step. */
export interface RulerPicture {
  readonly recent: RecentSteps;
  readonly axis: RulerAxis;
  readonly bars: Bars;
  /** α* of the next minibatches. */
  readonly nextBars: Bars;
  /** The median α* of each compared run, over as many steps up to the same step. */
  readonly medians: readonly (Stroke & { readonly key: string; readonly median: number })[];
}

/** The share of α* at either end that does not widen the axis. */
const outliers = 0.05;

export function rulerPicture(source: ChartSource, before: RulerPicture | null): RulerPicture {
  const { settings, phase } = source.store.getState();
  const { length } = source.history();
  const recent = recentSteps(source.history());
  const ends = [recent.ahead, recent.next].flatMap((values) =>
    [outliers, 1 - outliers].map((p) => quantile(values, p) ?? settings.lr),
  );
  const [bars, nextBars] = barsOf(recent.ahead, recent.next);
  const medians = drawnComparedRuns(source).flatMap(({ key, history, colour, dash }) => {
    const { median } = recentSteps(history, Math.min(length, history.length));
    return median === null ? [] : [{ key, median, colour, dash }];
  });
  return {
    recent,
    axis: axisAround([settings.lr, ...ends], before?.axis ?? null),
    medians,
    // The bars of a paused run are exact.
    bars: before && phase === "playing" ? settled(before.bars, bars) : bars,
    nextBars: before && phase === "playing" ? settled(before.nextBars, nextBars) : nextBars,
  };
}

/** The numbers of α* below and above the axis. */
export function outsideAxis(
  axis: RulerAxis,
  ahead: readonly number[],
): { readonly below: number; readonly above: number } {
  return {
    below: ahead.filter((x) => shareOf(axis, x) < 0).length,
    above: ahead.filter((x) => shareOf(axis, x) > 1).length,
  };
}
