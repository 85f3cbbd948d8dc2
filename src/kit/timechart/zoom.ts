import { ticks } from "d3-array";
import type { Span, Zoom } from "../../session/pageView";
import type { Session } from "../../session/session";
import { type Domain, timeDomain } from "../chart/domains";
import { longest } from "./comparedRuns";

/** The fewest steps a time axis shows. */
export const closest = 10;

/** The time axis as it stands: what has been zoomed to, or what the run's end asks for. */
export function domainNow(session: Session, tickCount = 3): Domain {
  const { zoom, span } = session.view.getState();
  // The whole axis holds every run drawn; the last so many steps are this run's.
  if (!zoom) return timeDomain(span === "run" ? longest(session) : session.history().length, span, tickCount);
  return { lo: zoom.from, hi: zoom.to, ticks: ticks(zoom.from, zoom.to, tickCount) };
}

/** All of the time axis that there is: as far as the whole run's own axis goes. */
export function extentFor(length: number): Zoom {
  const { lo, hi } = timeDomain(length, "run");
  return { from: lo, to: hi };
}

/** The axis with `factor` times as many steps, the place at `fraction` of its width staying where it is. */
export function scaled(range: Zoom, factor: number, fraction: number, extent: Zoom): Zoom {
  const steps = range.to - range.from;
  const wanted = Math.max(steps * factor, closest);
  return within(
    { from: range.from + fraction * (steps - wanted), to: range.to - (1 - fraction) * (steps - wanted) },
    extent,
  );
}

/** The axis moved on by `steps`, or as far as there is something to see. */
export function panned(range: Zoom, steps: number, extent: Zoom): Zoom {
  return within({ from: range.from + steps, to: range.to + steps }, extent);
}

/** The axis on which step `a.step` lies at fraction `a.at` of the width and `b.step` at `b.at`: two fingers on it. */
export function pinched(a: Held, b: Held, extent: Zoom): Zoom | null {
  const wide = (b.step - a.step) / (b.at - a.at);
  if (!(wide > 0) || !Number.isFinite(wide)) return null;
  const steps = Math.max(wide, closest);
  const from = (a.step + b.step) / 2 - ((a.at + b.at) / 2) * steps;
  return within({ from, to: from + steps }, extent);
}

/** A step, and where on the axis a finger holds it. */
export interface Held {
  readonly step: number;
  readonly at: number;
}

/** The nearest axis inside the extent, as wide as asked where there is room. */
export function within({ from, to }: Zoom, extent: Zoom): Zoom {
  const steps = Math.min(Math.max(to - from, closest), extent.to - extent.from);
  const start = Math.min(Math.max(from, extent.from), extent.to - steps);
  return { from: start, to: start + steps };
}

/** null where the axis shows what following the whole run would show anyway. */
export function orLive(range: Zoom, extent: Zoom, span: Span): Zoom | null {
  return span === "run" && range.from <= extent.from && range.to >= extent.to ? null : range;
}

/** The measured step nearest to a fraction of the axis' width; null where the axis shows none. */
export function stepAt({ lo, hi }: Pick<Domain, "lo" | "hi">, fraction: number, length: number): number | null {
  const [first, last] = [Math.max(1, Math.ceil(lo)), Math.min(length, Math.floor(hi))];
  return first > last ? null : Math.min(Math.max(Math.round(lo + fraction * (hi - lo)), first), last);
}
