import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { formatSetting } from "../../kit/text/format";
import type { RulerAxis } from "./rulerAxis";
import { besideLine, rows, type Side, touch, widthOf } from "./rulerLayout";
import { rateAfterKey, rateText, rateUnder, reachOf, shareInside } from "./rulerRate";

interface Props {
  readonly axis: RulerAxis;
  readonly width: number;
  readonly lr: number;
  readonly median: number | null;
  /** Whether the learning rate only stands in for σ·α* where there is no minimum. */
  readonly fallback: boolean;
  /** Where the bracket to α* lies as seen from the handle; null where none ends here. */
  readonly bracket: Side | null;
  /** Where the lines of other marks stand: the label is not to be crossed by them. */
  readonly lines: readonly number[];
  readonly change: (lr: number) => void;
  /** The handle is being dragged, or let go. */
  readonly hold: (held: boolean) => void;
  /** Client pixels where the axis begins, and its width in them. */
  readonly place: () => { readonly left: number; readonly width: number };
}

/** The learning rate as a handle on the axis: mouse, touch or keys; a slider to screen readers. */
export function RulerHandle({ axis, width, lr, median, fallback, bracket, lines, change, hold, place }: Props) {
  /** From the handle's middle to where it was gripped, in client pixels: gripping moves nothing. */
  const grip = useRef<number | null>(null);
  const group = useRef<SVGGElement>(null);
  const x = shareInside(axis, lr) * width;
  const text = formatSetting(lr);
  const label = `${fallback ? "fallback " : ""}lr ${text}`;
  const labelWidth = widthOf(label, 15, "bold");
  const beside = besideLine(x, labelWidth, width, bracket === "right" ? "left" : "right");
  const labelLeft = beside.anchor === "start" ? beside.x : beside.x - labelWidth;
  const crossed = lines.some((line) => line > labelLeft - 4 && line < labelLeft + labelWidth + 4);
  const [least, most] = reachOf(axis);

  useEffect(() => {
    // The page must not scroll away with the finger. React's own listeners are passive, and within a drawing browsers
    // differ on touch-action.
    const keep = (event: TouchEvent) => event.preventDefault();
    group.current?.addEventListener("touchstart", keep, { passive: false });
    return () => group.current?.removeEventListener("touchstart", keep);
  }, []);

  function onPointerDown(event: PointerEvent<SVGGElement>): void {
    if (event.button !== 0 || !event.isPrimary) return;
    const { left, width: pixels } = place();
    grip.current = event.clientX - (left + shareInside(axis, lr) * pixels);
    event.currentTarget.setPointerCapture(event.pointerId);
    hold(true);
  }

  function onPointerMove(event: PointerEvent<SVGGElement>): void {
    if (grip.current === null || !event.isPrimary) return;
    const { left, width: pixels } = place();
    const next = rateUnder(axis, event.clientX - grip.current, left, pixels);
    if (next !== lr) change(next);
  }

  function onLetGo(): void {
    grip.current = null;
    hold(false);
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
      onLostPointerCapture={onLetGo}
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
