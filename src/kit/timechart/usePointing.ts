import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Zoom } from "../../session/view/pageView";
import type { ChartSource } from "../redraw/source";
import { longestRun } from "./drawnRuns";
import { currentRange, goLive, panBy, showRange, zoomBy } from "./navigate";
import { extentFor, panned, pinched, stepAt, type Touch } from "./zoom";

/** A mouse that moves by less than this, in pixels, clicks and does not drag. */
const slack = 5;

interface Drag {
  readonly kind: "select" | "pan";
  readonly start: number;
  readonly range: Zoom;
}

/** Two fractions of the plot's width, ascending. */
export type Selection = readonly [number, number];

/**
 * Mouse, touch and wheel on a time chart. Hovering or touching moves the cursor; dragging selects a range to zoom to, with
 * shift it pans; two fingers or the wheel zoom, a sideways wheel pans; a double click makes the axes live again.
 */
export function usePointing(source: ChartSource, plot: RefObject<HTMLDivElement | null>) {
  const [selection, setSelection] = useState<Selection | null>(null);
  const drag = useRef<Drag | null>(null);
  const touches = useRef(new Map<number, Touch>());
  const { setCursor } = source.view.getState();

  const at = ({ clientX }: { readonly clientX: number }) => {
    const { left = 0, width = 1 } = plot.current?.getBoundingClientRect() ?? {};
    return (clientX - left) / Math.max(width, 1);
  };
  const pixels = (fraction: number) => fraction * (plot.current?.clientWidth ?? 0);
  const extent = () => extentFor(longestRun(source));
  const moveCursor = (fraction: number) => {
    const { from, to } = currentRange(source);
    setCursor(stepAt({ lo: from, hi: to }, fraction, source.history().length));
  };

  useEffect(() => {
    const target = plot.current;
    // React's own wheel listeners are passive: they cannot prevent the page from scrolling or scaling too.
    const onWheel = (event: WheelEvent) => onWheelTurn(source, event, target?.getBoundingClientRect());
    target?.addEventListener("wheel", onWheel, { passive: false });
    return () => target?.removeEventListener("wheel", onWheel);
  }, [source, plot]);

  function onTouch(event: PointerEvent): void {
    const { from, to } = currentRange(source);
    const fraction = at(event);
    const touch = touches.current.get(event.pointerId);
    touches.current.set(event.pointerId, { step: touch?.step ?? from + fraction * (to - from), at: fraction });
    const [a, b] = [...touches.current.values()];
    const range = a && b && pinched(a, b, extent());
    if (range) showRange(source, range);
    else if (!b) moveCursor(fraction);
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.pointerType === "touch") onTouch(event);
    if (event.pointerType === "touch" || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { kind: event.shiftKey ? "pan" : "select", start: at(event), range: currentRange(source) };
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.pointerType === "touch") {
      if (touches.current.has(event.pointerId)) onTouch(event);
      return;
    }
    const fraction = at(event);
    moveCursor(fraction);
    if (!drag.current) return;
    const { kind, start, range } = drag.current;
    if (kind === "pan")
      showRange(source, panned(range, Math.round((start - fraction) * (range.to - range.from)), extent()));
    else setSelection(Math.abs(pixels(fraction - start)) < slack ? null : selected(start, fraction));
  }

  function onPointerUp(event: PointerEvent): void {
    touches.current.delete(event.pointerId);
    if (drag.current?.kind === "select" && selection) {
      const { from, to } = drag.current.range;
      const [first, last] = selection.map((fraction) => Math.round(from + fraction * (to - from))) as [number, number];
      showRange(source, panned({ from: first, to: last }, 0, extent()));
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
        touches.current.delete(event.pointerId);
        end();
      },
      // After a touch the cursor stays: the other panels show its step.
      onPointerLeave: (event: PointerEvent) => {
        if (event.pointerType !== "touch" && !drag.current) setCursor(null);
      },
      onDoubleClick: () => goLive(source),
    },
  };
}

const selected = (a: number, b: number): Selection => [Math.max(0, Math.min(a, b)), Math.min(1, Math.max(a, b))];

function onWheelTurn(source: ChartSource, event: WheelEvent, plot: DOMRect | undefined): void {
  if (!plot) return;
  const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
  const moved = (event.deltaX || event.deltaY) * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
  if (sideways) panBy(source, moved / plot.width);
  else if (event.ctrlKey || !pageScrolls()) {
    // Browsers report a pinch on a touch pad as small wheel turns with ctrl.
    zoomBy(source, 2 ** (moved / (event.ctrlKey ? 50 : 300)), (event.clientX - plot.left) / plot.width);
  } else return;
  event.preventDefault();
}

/** Whether the wheel scrolls this page, or may scroll the page around its frame. */
function pageScrolls(): boolean {
  if (window.parent !== window) return true;
  const { scrollHeight = 0, clientHeight = 0 } = document.scrollingElement ?? {};
  return scrollHeight > clientHeight;
}
