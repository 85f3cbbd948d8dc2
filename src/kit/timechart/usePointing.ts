import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Zoom } from "../../session/pageView";
import type { Session } from "../../session/session";
import { longest } from "./comparedRuns";
import { goLive, panBy, rangeNow, show, zoomBy } from "./navigate";
import { extentFor, type Held, panned, pinched, stepAt } from "./zoom";

/** A mouse that moves less far than this, in pixels, clicks rather than drags. */
const slack = 5;

interface Drag {
  readonly kind: "select" | "pan";
  readonly start: number;
  readonly range: Zoom;
}

/** Fractions of the plot's width, in their order. */
export type Selection = readonly [number, number];

/**
 * What mouse, touch and wheel do on a plot over time. Hovering or touching reads a step; dragging selects what to zoom to,
 * with shift it pans; two fingers or the wheel zoom, a sideways wheel pans; a double click goes back to live.
 */
export function usePointing(session: Session, plot: RefObject<HTMLDivElement | null>) {
  const [selection, setSelection] = useState<Selection | null>(null);
  const drag = useRef<Drag | null>(null);
  const fingers = useRef(new Map<number, Held>());
  const { setCursor } = session.view.getState();

  const at = ({ clientX }: { readonly clientX: number }) => {
    const { left = 0, width = 1 } = plot.current?.getBoundingClientRect() ?? {};
    return (clientX - left) / Math.max(width, 1);
  };
  const pixels = (fraction: number) => fraction * (plot.current?.clientWidth ?? 0);
  const extent = () => extentFor(longest(session));
  const read = (fraction: number) => {
    const { from, to } = rangeNow(session);
    setCursor(stepAt({ lo: from, hi: to }, fraction, session.history().length));
  };

  useEffect(() => {
    const target = plot.current;
    // React listens to the wheel passively: it could not keep the page from scrolling or scaling as well.
    const onWheel = (event: WheelEvent) => wheel(session, event, target?.getBoundingClientRect());
    target?.addEventListener("wheel", onWheel, { passive: false });
    return () => target?.removeEventListener("wheel", onWheel);
  }, [session, plot]);

  function touched(event: PointerEvent): void {
    const { from, to } = rangeNow(session);
    const fraction = at(event);
    const held = fingers.current.get(event.pointerId);
    fingers.current.set(event.pointerId, { step: held?.step ?? from + fraction * (to - from), at: fraction });
    const [a, b] = [...fingers.current.values()];
    const range = a && b && pinched(a, b, extent());
    if (range) show(session, range);
    else if (!b) read(fraction);
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.pointerType === "touch") touched(event);
    if (event.pointerType === "touch" || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { kind: event.shiftKey ? "pan" : "select", start: at(event), range: rangeNow(session) };
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.pointerType === "touch") {
      if (fingers.current.has(event.pointerId)) touched(event);
      return;
    }
    const fraction = at(event);
    read(fraction);
    if (!drag.current) return;
    const { kind, start, range } = drag.current;
    if (kind === "pan")
      show(session, panned(range, Math.round((start - fraction) * (range.to - range.from)), extent()));
    else setSelection(Math.abs(pixels(fraction - start)) < slack ? null : selected(start, fraction));
  }

  function onPointerUp(event: PointerEvent): void {
    fingers.current.delete(event.pointerId);
    if (drag.current?.kind === "select" && selection) {
      const { from, to } = drag.current.range;
      const [first, last] = selection.map((fraction) => Math.round(from + fraction * (to - from))) as [number, number];
      show(session, panned({ from: first, to: last }, 0, extent()));
    }
    end();
  }

  function end(): void {
    drag.current = null;
    setSelection(null);
  }

  return {
    selection,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: (event: PointerEvent) => {
        fingers.current.delete(event.pointerId);
        end();
      },
      // What a finger has touched stays when it is lifted, to be read elsewhere on the page.
      onPointerLeave: (event: PointerEvent) => {
        if (event.pointerType !== "touch" && !drag.current) setCursor(null);
      },
      onDoubleClick: () => goLive(session),
    },
  };
}

const selected = (a: number, b: number): Selection => [Math.max(0, Math.min(a, b)), Math.min(1, Math.max(a, b))];

function wheel(session: Session, event: WheelEvent, plot: DOMRect | undefined): void {
  if (!plot) return;
  const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
  const moved = (event.deltaX || event.deltaY) * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
  if (sideways) panBy(session, moved / plot.width);
  else if (event.ctrlKey || !pageScrolls()) {
    // A pinch on a touch pad arrives as small turns of the wheel with ctrl.
    zoomBy(session, 2 ** (moved / (event.ctrlKey ? 50 : 300)), (event.clientX - plot.left) / plot.width);
  } else return;
  event.preventDefault();
}

/** Where the page scrolls, or one around it may, the wheel is for that. */
function pageScrolls(): boolean {
  if (window.parent !== window) return true;
  const { scrollHeight = 0, clientHeight = 0 } = document.scrollingElement ?? {};
  return scrollHeight > clientHeight;
}
