import type { Session } from "../../session/session";
import type { Zoom } from "../../session/view/pageView";
import type { ChartSource } from "../redraw/source";
import { longestRun } from "./drawnRuns";
import { currentDomain, extentFor, liveIfWhole, panned, scaled, stepAt } from "./zoom";

/** The session as time charts use it: data to read, and `scrub`, with which Enter moves the run to the step at the cursor. */
export type TimeChartSource = ChartSource & Pick<Session, "scrub">;

/** The steps on the time axes, as a range. */
export function currentRange(source: ChartSource): Zoom {
  const { lo, hi } = currentDomain(source);
  return { from: lo, to: hi };
}

/** Shows a range of steps in all time charts; the whole of a run that is followed whole is live. */
export function showRange(source: ChartSource, range: Zoom): void {
  const { span, setZoom } = source.view.getState();
  setZoom(liveIfWhole(range, extentFor(longestRun(source)), span));
}

/** Shows `factor` times as many steps about a fraction of the axis' width. */
export function zoomBy(source: ChartSource, factor: number, fraction: number): void {
  showRange(source, scaled(currentRange(source), factor, fraction, extentFor(longestRun(source))));
}

/** Moves the axes by a fraction of their width. */
export function panBy(source: ChartSource, fraction: number): void {
  const range = currentRange(source);
  showRange(source, panned(range, fraction * (range.to - range.from), extentFor(longestRun(source))));
}

/** Moves the cursor to the nearest measured step, and the axes with it if they do not show that step. */
function moveCursor(source: ChartSource, step: number): void {
  const { length } = source.history();
  if (length === 0) return;
  const at = Math.min(Math.max(Math.round(step), 1), length);
  const { from, to } = currentRange(source);
  if (at < from) panBy(source, (at - from) / (to - from));
  else if (at > to) panBy(source, (at - to) / (to - from));
  source.view.getState().setCursor(at);
}

/** The step from which keys move the cursor: the cursor's, or the last step shown. */
function cursorStep(source: ChartSource): number {
  const { length } = source.history();
  return source.view.getState().cursor ?? stepAt(currentDomain(source), 1, length) ?? length;
}

/** Makes the axes follow the run and all panels show its latest step. */
export function goLive({ view }: Pick<ChartSource, "view">): void {
  view.setState({ zoom: null, cursor: null });
}

/** Handles a key on a focused time chart. Returns false for a key without a function there. */
export function handleChartKey(source: TimeChartSource, key: string, shift: boolean): boolean {
  const { from, to } = currentRange(source);
  const { cursor } = source.view.getState();
  const at = cursorStep(source);
  const middle = cursor === null ? 0.5 : Math.min(Math.max((cursor - from) / (to - from), 0), 1);
  const keys: Readonly<Record<string, () => void>> = {
    // Without a cursor the first key press shows one, and does not move it.
    ArrowLeft: () => (shift ? panBy(source, -0.1) : moveCursor(source, cursor === null ? at : at - 1)),
    ArrowRight: () => (shift ? panBy(source, 0.1) : moveCursor(source, cursor === null ? at : at + 1)),
    PageDown: () => moveCursor(source, at - (to - from) / 10),
    PageUp: () => moveCursor(source, at + (to - from) / 10),
    Home: () => moveCursor(source, Math.ceil(from)),
    End: () => moveCursor(source, Math.floor(to)),
    "+": () => zoomBy(source, 0.5, middle),
    "=": () => zoomBy(source, 0.5, middle),
    "-": () => zoomBy(source, 2, middle),
    Enter: () => void source.scrub(at),
    Escape: () => source.view.getState().setCursor(null),
  };
  const act = keys[key];
  act?.();
  return act !== undefined;
}
