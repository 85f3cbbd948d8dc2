import type { NumberControl } from "../../core/recipe/control";

/** The largest position of a slider; positions are the whole numbers from 0. */
export function positionsOf({ integer, slider }: NumberControl): number {
  return integer && slider.scale === "linear" ? slider.max - slider.min : 200;
}

/** The slider's position for a value; values outside the slider's range get its nearest end. */
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
 * The value at a position, rounded to two digits (to two digits of 1 − value where the scale is `oneMinus`, to three where the
 * scale is linear) or to a whole number. Where this would give `current`, the value is rounded to a third digit, or is the next
 * whole number, so that every press of an arrow key changes the value.
 */
export function fromPosition(control: NumberControl, position: number, current: number): number {
  const { min, max } = control.slider;
  const share = position / positionsOf(control);
  if (share <= 0) return min;
  if (share >= 1) return max;
  if (control.integer) {
    const value = Math.round(valueAt(control, share));
    return value === current ? current + Math.sign(position - toPosition(control, current)) : value;
  }
  const value = rounded(control, share, control.slider.scale === "linear" ? 3 : 2);
  return value === current ? rounded(control, share, 3) : value;
}

function rounded(control: NumberControl, share: number, digits: number): number {
  const value = valueAt(control, share);
  if (control.slider.scale !== "oneMinus") return Number(value.toPrecision(digits));
  // Rounded again to ten digits: 1 − 0.1 is printed as 0.9.
  return Number((1 - Number((1 - value).toPrecision(digits))).toPrecision(10));
}

function valueAt({ slider: { min, max, scale } }: NumberControl, share: number): number {
  switch (scale) {
    case "linear":
      return min + share * (max - min);
    case "log":
      return min * (max / min) ** share;
    case "oneMinus":
      return 1 - (1 - min) * ((1 - max) / (1 - min)) ** share;
  }
}
