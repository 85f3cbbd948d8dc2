import fc from "fast-check";
import { expect, it } from "vitest";
import { controls } from "../../../../src/core/recipe/controls";
import { parseNumber, parseWidths } from "../../../../src/kit/fields/parseNumber";

it.each([
  ["0.01", 0.01],
  [" 1e-4 ", 1e-4],
  ["1E-4", 1e-4],
  [".5", 0.5],
  ["+2", 2],
])("reads %j", (text, value) => expect(parseNumber(text, controls.lr)).toEqual({ value }));

it.each(["", "abc", "1,5", "0x10", "1e", "NaN", "Infinity", "1 2", "--1"])("does not take %j for a number", (text) => {
  expect(parseNumber(text, controls.lr)).toHaveProperty("fault");
});

it("names the range, and whole numbers", () => {
  expect(parseNumber("1000", controls.lr)).toEqual({ fault: "Learning rate goes from 1e-8 to 100." });
  expect(parseNumber("−1", controls.eps)).toHaveProperty("fault");
  expect(parseNumber("1.5", controls.batchSize)).toEqual({ fault: "Batch size is a whole number." });
});

it("never lets anything typed become a value outside the range", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String)), (text) => {
      const parsed = parseNumber(text, controls.beta1);
      if ("value" in parsed) expect(parsed.value >= 0 && parsed.value <= controls.beta1.max).toBe(true);
      else expect(parsed.fault.length).toBeGreaterThan(0);
    }),
  );
});

it("reads the widths of hidden layers", () => {
  expect(parseWidths("16, 16", controls.hidden)).toEqual({ value: [16, 16] });
  expect(parseWidths("64 256,256", controls.hidden)).toEqual({ value: [64, 256, 256] });
  expect(parseWidths("", controls.hidden)).toEqual({ value: [] });
  expect(parseWidths("none", controls.hidden)).toEqual({ value: [] });
  for (const text of ["0", "5.5", "a", "-3", "99999", "nobody", "1 1 1 1 1 1 1"]) {
    expect(parseWidths(text, controls.hidden)).toHaveProperty("fault");
  }
});
