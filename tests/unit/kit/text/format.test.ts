import { describe, expect, it } from "vitest";
import { formatCount, formatNumber, formatPower, formatSetting, formatTick } from "../../../../src/kit/text/format";

describe("formatNumber", () => {
  it.each([
    [0.14236, 2, "0.14"],
    [0.3, 2, "0.30"],
    [359.4, 3, "359"],
    [1234.5, 2, "1200"],
    [9.996, 3, "10.0"],
    [-0.5, 2, "−0.50"],
    [1.24e-8, 2, "1.2e−8"],
    [2.5e7, 2, "2.5e7"],
    [0, 3, "0"],
    [Number.NaN, 3, "–"],
    [Number.NEGATIVE_INFINITY, 3, "−∞"],
  ])("formatNumber writes %d with %d digits as %s", (x, digits, text) => expect(formatNumber(x, digits)).toBe(text));
});

it("formatSetting writes a number that parses to the same number", () => {
  for (const x of [0.001, 0.9999999, 1e-8, 0, 32, 0.05]) expect(Number(formatSetting(x))).toBe(x);
  expect(formatSetting(1e-8)).toBe("1e-8");
});

it("formatCount groups digits from 10 000 on", () => {
  expect([formatCount(9999), formatCount(12345), formatCount(1234567)]).toEqual([
    "9999",
    "12\u202f345",
    "1\u202f234\u202f567",
  ]);
});

it("formatTick and formatPower write ticks without floating-point noise", () => {
  expect(formatTick(0.1 + 0.2)).toBe("0.3");
  expect(formatTick(-2)).toBe("−2");
  expect([0.0045, 0.00451, -0.012345].map(formatTick)).toEqual(["0.0045", ".00451", "−.012345"]);
  expect([1e-6, 0.001, 1, 10_000].map(formatPower)).toEqual(["1e−6", "0.001", "1", "1e4"]);
});
