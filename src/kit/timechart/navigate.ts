import type { Zoom } from "../../session/pageView";
import type { Session } from "../../session/session";
import { longest } from "./comparedRuns";
import { domainNow, extentFor, orLive, panned, scaled, stepAt } from "./zoom";

/** The steps on the time axes now, as a range. */
export function rangeNow(session: Session): Zoom {
  const { lo, hi } = domainNow(session);
  return { from: lo, to: hi };
}

/** Shows another range of steps in all charts over time; the whole of a run that is followed whole is live. */
export function show(session: Session, range: Zoom): void {
  const { span, setZoom } = session.view.getState();
  setZoom(orLive(range, extentFor(longest(session)), span));
}

export function zoomBy(session: Session, factor: number, fraction: number): void {
  show(session, scaled(rangeNow(session), factor, fraction, extentFor(longest(session))));
}

/** Moves the axes by a fraction of what they show. */
export function panBy(session: Session, fraction: number): void {
  const range = rangeNow(session);
  show(session, panned(range, fraction * (range.to - range.from), extentFor(longest(session))));
}

/** Moves the cursor to a measured step, and the axes with it where it leaves them. */
export function readStep(session: Session, step: number): void {
  const { length } = session.history();
  if (length === 0) return;
  const at = Math.min(Math.max(Math.round(step), 1), length);
  const { from, to } = rangeNow(session);
  if (at < from) panBy(session, (at - from) / (to - from));
  else if (at > to) panBy(session, (at - to) / (to - from));
  session.view.getState().setCursor(at);
}

/** Where reading by key begins: the cursor, or the last step shown. */
export function stepRead(session: Session): number {
  const { length } = session.history();
  return session.view.getState().cursor ?? stepAt(domainNow(session), 1, length) ?? length;
}

/** Back to live: the axes follow the run again, and panels read its latest step. */
export function goLive(session: Session): void {
  session.view.setState({ zoom: null, cursor: null });
}

/** What a key does on a focused chart; false where it means nothing there. */
export function keyOnChart(session: Session, key: string, shift: boolean): boolean {
  const { from, to } = rangeNow(session);
  const { cursor } = session.view.getState();
  const at = stepRead(session);
  const middle = cursor === null ? 0.5 : Math.min(Math.max((cursor - from) / (to - from), 0), 1);
  const keys: Readonly<Record<string, () => void>> = {
    // The first key press shows the cursor where it stands.
    ArrowLeft: () => (shift ? panBy(session, -0.1) : readStep(session, cursor === null ? at : at - 1)),
    ArrowRight: () => (shift ? panBy(session, 0.1) : readStep(session, cursor === null ? at : at + 1)),
    PageDown: () => readStep(session, at - (to - from) / 10),
    PageUp: () => readStep(session, at + (to - from) / 10),
    Home: () => readStep(session, Math.ceil(from)),
    End: () => readStep(session, Math.floor(to)),
    "+": () => zoomBy(session, 0.5, middle),
    "=": () => zoomBy(session, 0.5, middle),
    "-": () => zoomBy(session, 2, middle),
    // The run itself goes to the step that is read.
    Enter: () => void session.scrub(at),
    Escape: () => session.view.getState().setCursor(null),
  };
  const act = keys[key];
  act?.();
  return act !== undefined;
}
