import { type InputHTMLAttributes, type PointerEvent, useRef } from "react";

/** A finger that has moved by this, in CSS pixels, drags or scrolls. */
const slack = 6;

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "value" | "onChange"> {
  readonly min: number;
  readonly max: number;
  /** A whole number from `min` to `max`. */
  readonly value: number;
  /** Receives the value at each change: of a drag, a press on the track, or a key. */
  readonly onMove: (value: number) => void;
  /** A drag or a press has ended. */
  readonly onEnd?: () => void;
  /** The browser has taken over a touch that was already a drag: the value before the touch is to be restored. */
  readonly onCancel?: () => void;
}

/**
 * The browser's slider, for a page that scrolls: a finger that moves up or down scrolls the page and changes nothing; one
 * that moves sideways, or taps, changes the value. Browsers change the value as soon as the finger touches the track.
 */
export function RangeInput({ value, onMove, onEnd, onCancel, ...rest }: Props) {
  /** A touch that is not yet a drag, with the value under the finger. */
  const undecided = useRef<{ readonly x: number; value: number | null } | null>(null);

  function decide(): void {
    const moved = undecided.current?.value ?? null;
    undecided.current = null;
    if (moved !== null) onMove(moved);
  }

  function onPointerDown({ pointerType, clientX }: PointerEvent): void {
    undecided.current = pointerType === "touch" ? { x: clientX, value: null } : null;
  }

  return (
    <input
      {...rest}
      type="range"
      step={1}
      value={value}
      onChange={({ target }) => {
        if (undecided.current) undecided.current.value = Number(target.value);
        else onMove(Number(target.value));
      }}
      onPointerDown={onPointerDown}
      onPointerMove={({ clientX }) => {
        if (undecided.current && Math.abs(clientX - undecided.current.x) > slack) decide();
      }}
      onPointerUp={() => {
        decide();
        onEnd?.();
      }}
      onPointerCancel={() => {
        if (!undecided.current) onCancel?.();
        undecided.current = null;
      }}
    />
  );
}
