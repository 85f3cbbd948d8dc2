import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { formatValue } from "../../../kit/text/format";
import type { RulerAxis } from "./rulerAxis";
import { besideLine, rows, type Side, touch, widthOf } from "./rulerLayout";
import { rateAfterKey, rateText, rateUnder, reachOf, shareInside } from "./rulerRate";

/** A finger that has moved sideways by this, in CSS pixels, drags. */
const slack = 6;

interface Props {
  readonly axis: RulerAxis;
  readonly width: number;
  readonly lr: number;
  readonly median: number | null;
  /** Whether the step rule is σ·α* and the learning rate only the fallback for steps without a minimum. */
  readonly fallback: boolean;
  /** The side of the handle on which the bracket to α* is; null without a bracket. */
  readonly bracket: Side | null;
  /** Positions of the lines of other marks: the label gets a background where a line would cross it. */
  readonly lines: readonly number[];
  readonly change: (lr: number) => void;
  /** Called with true when a drag begins, and with false when it ends. */
  readonly onHold: (held: boolean) => void;
  /** The left end and the width of the axis, in client pixels. */
  readonly place: () => { readonly left: number; readonly width: number };
}

/** The learning rate as a handle on the axis, for mouse, touch and keys; a slider for screen readers. */
export function RulerHandle({ axis, width, lr, median, fallback, bracket, lines, change, onHold, place }: Props) {
  /** From the handle's middle to the pointer at the start of the drag, in client pixels, so that a press alone moves nothing. */
  const grip = useRef<number | null>(null);
  /** Where a finger touched the handle, until it has moved sideways: a swipe up or down changes nothing. */
  const touched = useRef<number | null>(null);
  const group = useRef<SVGGElement>(null);
  const x = shareInside(axis, lr) * width;
  const text = formatValue(lr);
  const label = `${fallback ? "fallback " : ""}lr ${text}`;
  const labelWidth = widthOf(label, 15, "bold");
  const beside = besideLine(x, labelWidth, width, bracket === "right" ? "left" : "right");
  const labelLeft = beside.anchor === "start" ? beside.x : beside.x - labelWidth;
  const crossed = lines.some((line) => line > labelLeft - 4 && line < labelLeft + labelWidth + 4);
  const [least, most] = reachOf(axis);

  useEffect(() => {
    // A drag must not scroll the page. React's own listeners are passive, and browsers differ on touch-action within SVG.
    const preventScroll = (event: TouchEvent) => event.cancelable && event.preventDefault();
    group.current?.addEventListener("touchstart", preventScroll, { passive: false });
    return () => group.current?.removeEventListener("touchstart", preventScroll);
  }, []);

  function onPointerDown(event: PointerEvent<SVGGElement>): void {
    if (event.button !== 0 || !event.isPrimary) return;
    const { left, width: pixels } = place();
    touched.current = event.pointerType === "touch" ? event.clientX : null;
    grip.current = event.clientX - (left + shareInside(axis, lr) * pixels);
    event.currentTarget.setPointerCapture(event.pointerId);
    onHold(true);
  }

  function onPointerMove(event: PointerEvent<SVGGElement>): void {
    if (grip.current === null || !event.isPrimary) return;
    if (touched.current !== null && Math.abs(event.clientX - touched.current) <= slack) return;
    touched.current = null;
    const { left, width: pixels } = place();
    const next = rateUnder(axis, event.clientX - grip.current, left, pixels);
    if (next !== lr) change(next);
  }

  function onRelease(): void {
    grip.current = null;
    onHold(false);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = rateAfterKey(event.key, lr, axis);
    if (next === null) return;
    event.preventDefault();
    if (next !== lr) change(next);
  }

  return (
    <g
      ref={group}
      className={`ruler-handle${fallback ? " fallback" : ""}`}
      role="slider"
      tabIndex={0}
      aria-label="lr, the learning rate on the ruler"
      aria-orientation="horizontal"
      aria-valuemin={Math.min(least, lr)}
      aria-valuemax={Math.max(most, lr)}
      aria-valuenow={lr}
      aria-valuetext={rateText(lr, text, median)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={onRelease}
      onKeyDown={onKeyDown}
    >
      <path className="ruler-lr" d={`M${x} ${bracket ? rows.bracket + 1 : rows.lr - 12}V${rows.axis}`} />
      <rect className="ruler-touch" x={x - touch / 2} y={rows.axis - touch / 2} width={touch} height={touch} />
      <rect className="ruler-grip" x={x - 12} y={rows.axis - 14} width={24} height={28} rx={8} />
      <path className="ruler-ribs" d={`M${x - 4} ${rows.axis - 6}v12m4 -12v12m4 -12v12`} />
      {crossed && (
        <rect className="ruler-lr-ground" x={labelLeft - 3} y={rows.lr - 14} width={labelWidth + 6} height={19} />
      )}
      <text className="ruler-lr-label" x={beside.x} y={rows.lr} textAnchor={beside.anchor}>
        {label}
      </text>
    </g>
  );
}
