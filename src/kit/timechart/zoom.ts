import { ticks } from "d3-array";
import type { History } from "../../core/history/history";
import type { Span, Zoom } from "../../session/view/pageView";
import { type Domain, timeDomain } from "../chart/domains";
import { type Parts, partsOf } from "../chart/rows";
import type { ChartSource } from "../redraw/source";
import { longestRun } from "./drawnRuns";

/** The fewest steps that a time axis shows. */
const minSteps = 10;

/** The current time axis: the zoomed range, or the latest steps by `span`. */
export function currentDomain(source: ChartSource, tickCount = 3): Domain {
  const { zoom, span } = source.view.getState();
  // The axis of the whole run covers every run drawn; an axis of the last N steps follows the current run.
  if (!zoom) return timeDomain(span === "run" ? longestRun(source) : source.history().length, span, tickCount);
  return { lo: zoom.from, hi: zoom.to, ticks: ticks(zoom.from, zoom.to, tickCount) };
}

/** The current time axis on a plot of `width` pixels, and the parts into which it divides the steps of each run drawn. */
export function currentAxis(source: ChartSource, width: number, tickCount?: number) {
  const x = currentDomain(source, tickCount);
  return { x, partsOn: ({ length }: Pick<History, "length">): Parts => partsOf(length, x, width) };
}

/** The widest time axis for a run of `length` steps. */
export function extentFor(length: number): Zoom {
  const { lo, hi } = timeDomain(length, "run");
  return { from: lo, to: hi };
}

/** An axis with `factor` times as many steps; the step at `fraction` of the width keeps its position. */
export function scaled(range: Zoom, factor: number, fraction: number, extent: Zoom): Zoom {
  const steps = range.to - range.from;
  const wanted = Math.max(steps * factor, minSteps);
  return clamped(
    { from: range.from + fraction * (steps - wanted), to: range.to - (1 - fraction) * (steps - wanted) },
    extent,
  );
}

/** An axis moved by `steps`, or up to the end of the extent. */
export function panned(range: Zoom, steps: number, extent: Zoom): Zoom {
  return clamped({ from: range.from + steps, to: range.to + steps }, extent);
}

/** The axis with step `a.step` at fraction `a.at` of the width and `b.step` at `b.at`; null where there is none. */
export function pinched(a: Touch, b: Touch, extent: Zoom): Zoom | null {
  const width = (b.step - a.step) / (b.at - a.at);
  if (!(width > 0) || !Number.isFinite(width)) return null;
  const steps = Math.max(width, minSteps);
  const from = (a.step + b.step) / 2 - ((a.at + b.at) / 2) * steps;
  return clamped({ from, to: from + steps }, extent);
}

/** A finger on the axis: the step first touched, and the finger's position now. */
export interface Touch {
  readonly step: number;
  /** A fraction of the plot's width. */
  readonly at: number;
}

/** The nearest range inside the extent, of the same width where the extent is wide enough. */
function clamped({ from, to }: Zoom, extent: Zoom): Zoom {
  const steps = Math.min(Math.max(to - from, minSteps), extent.to - extent.from);
  const start = Math.min(Math.max(from, extent.from), extent.to - steps);
  return { from: start, to: start + steps };
}

/** null, live, for a range that shows the whole run while `span` is the whole run. */
export function liveIfWhole(range: Zoom, extent: Zoom, span: Span): Zoom | null {
  return span === "run" && range.from <= extent.from && range.to >= extent.to ? null : range;
}

/** The measured step nearest to a fraction of the axis' width; null where the axis shows no measured step. */
export function stepAt({ lo, hi }: Pick<Domain, "lo" | "hi">, fraction: number, length: number): number | null {
  const [first, last] = [Math.max(1, Math.ceil(lo)), Math.min(length, Math.floor(hi))];
  return first > last ? null : Math.min(Math.max(Math.round(lo + fraction * (hi - lo)), first), last);
}
