import { describe, expect, it } from "vitest";
import type { NumberControl } from "../../../../src/core/recipe/control";
import { controls } from "../../../../src/core/recipe/controls";
import { fromPosition, positionsOf, toPosition } from "../../../../src/kit/fields/slider";

const numbers = Object.values(controls).filter(
  (control): control is typeof control & NumberControl => control.kind === "number",
);

describe.each(numbers.map((control) => [control.key, control as NumberControl] as const))("%s:", (_, control) => {
  it("slider reaches both of its ends", () => {
    expect(fromPosition(control, 0, control.default)).toBe(control.slider.min);
    expect(fromPosition(control, positionsOf(control), control.default)).toBe(control.slider.max);
    expect(toPosition(control, control.slider.max)).toBe(positionsOf(control));
    expect(toPosition(control, control.max)).toBe(positionsOf(control));
  });

  it("slider changes the value with every arrow key, within its range", () => {
    let value = control.slider.min;
    for (let press = 0; value < control.slider.max; press++) {
      expect(press).toBeLessThan(2000);
      const next = fromPosition(control, toPosition(control, value) + 1, value);
      expect(next).toBeGreaterThan(value);
      expect(next).toBeLessThanOrEqual(control.max);
      value = next;
    }
  });

  it("slider gives short values, and whole numbers where the setting needs them", () => {
    for (let position = 0; position <= positionsOf(control); position += 7) {
      const value = fromPosition(control, position, control.default);
      expect(String(value).length).toBeLessThanOrEqual(12);
      if (control.integer) expect(Number.isInteger(value)).toBe(true);
    }
  });
});

it("slider of β is logarithmic in 1 − β", () => {
  const middle = fromPosition(controls.beta1, positionsOf(controls.beta1) / 2, 0.5);
  expect(middle).toBeCloseTo(0.99, 3);
});
