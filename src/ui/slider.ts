import type { NumberControl } from "../core/controls";

/** Where a slider stands: whole numbers from 0 to `positions`. */
export function positionsOf({ integer, slider }: NumberControl): number {
  return integer && slider.scale === "linear" ? slider.max - slider.min : 200;
}

/** The slider's position for a value; what lies beyond the slider's ends stands at the end. */
export function toPosition(control: NumberControl, value: number): number {
  const { min, max, scale } = control.slider;
  const inside = Math.min(Math.max(value, min), max);
  const share =
    scale === "linear"
      ? (inside - min) / (max - min)
      : scale === "log"
        ? Math.log(inside / min) / Math.log(max / min)
        : Math.log((1 - inside) / (1 - min)) / Math.log((1 - max) / (1 - min));
  return Math.round(share * positionsOf(control));
}

/**
 * The value at a position, rounded to two digits (of 1 − value where the scale is `oneMinus`) or to a whole number.
 * A move that would round back to `current` goes to the next whole number instead, so that an arrow key always counts.
 */
export function fromPosition(control: NumberControl, position: number, current: number): number {
  const { min, max, scale } = control.slider;
  const share = position / positionsOf(control);
  if (share <= 0) return min;
  if (share >= 1) return max;
  const value =
    scale === "linear"
      ? min + share * (max - min)
      : scale === "log"
        ? min * (max / min) ** share
        : 1 - (1 - min) * ((1 - max) / (1 - min)) ** share;
  if (control.integer) return nextWhole(Math.round(value), current, position - toPosition(control, current));
  if (scale === "oneMinus") return Number((1 - Number((1 - value).toPrecision(2))).toPrecision(10));
  return Number(value.toPrecision(2));
}

function nextWhole(value: number, current: number, move: number): number {
  return value === current ? current + Math.sign(move) : value;
}
