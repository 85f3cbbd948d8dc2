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
])("parseNumber reads %j", (text, value) => expect(parseNumber(text, controls.lr)).toEqual({ value }));

it.each(["", "abc", "1,5", "0x10", "1e", "NaN", "Infinity", "1 2", "--1"])(
  "parseNumber returns an error for %j",
  (text) => {
    expect(parseNumber(text, controls.lr)).toHaveProperty("error");
  },
);

it("parseNumber names the range and the need of a whole number in its error", () => {
  expect(parseNumber("1000", controls.lr)).toEqual({ error: "Learning rate must be from 1e-8 to 100." });
  expect(parseNumber("−1", controls.eps)).toHaveProperty("error");
  expect(parseNumber("1.5", controls.batchSize)).toEqual({ error: "Batch size must be a whole number." });
});

it("parseNumber returns no value outside the range for any text", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String)), (text) => {
      const parsed = parseNumber(text, controls.beta1);
      if ("value" in parsed) expect(parsed.value >= 0 && parsed.value <= controls.beta1.max).toBe(true);
      else expect(parsed.error.length).toBeGreaterThan(0);
    }),
  );
});

it("parseWidths reads the widths of hidden layers and returns an error for others", () => {
  expect(parseWidths("16, 16", controls.hidden)).toEqual({ value: [16, 16] });
  expect(parseWidths("64 256,256", controls.hidden)).toEqual({ value: [64, 256, 256] });
  expect(parseWidths("", controls.hidden)).toEqual({ value: [] });
  expect(parseWidths("none", controls.hidden)).toEqual({ value: [] });
  for (const text of ["0", "5.5", "a", "-3", "99999", "nobody", "1 1 1 1 1 1 1"]) {
    expect(parseWidths(text, controls.hidden)).toHaveProperty("error");
  }
});
