import { expect, it, test } from "vitest";
import { parseJson } from "../../../../src/core/files/json";

it("parseJson returns the value of valid JSON", async () => {
  expect(await parseJson('{"a": [1, {"b": null}, "\\u00e9"]}')).toEqual({ a: [1, { b: null }, "é"] });
});

test.each([
  ['{\n  "a": [1, 2],\n}', 3, 1],
  ['{\n  "a": [1,\n    2,\n  ]\n}', 4, 3],
  ['{ "a": 1\r\n  "b": 2 }', 2, 3],
  ["step,loss", 1, 1],
  ['{"a": .5}', 1, 7],
  ["[1] 2", 1, 5],
  ['["a", "b]', 1, 7],
  ["[1, 2", 1, 6],
  ["", 1, 1],
  ['["\\u00e9\u007f é\\"", ]', 1, 17],
])("parseJson names the line and column of the fault in %j", async (text, line, column) => {
  await expect(parseJson(text)).rejects.toThrow(new RegExp(`line ${line} column ${column}\\b`));
});

it("parseJson finds a fault at the end of 20 MB in seconds", async () => {
  const large = "a".repeat(20 * 2 ** 20);
  const began = performance.now();
  for (const end of ['",', "", '"]]']) await expect(parseJson(`["${large}${end}`)).rejects.toThrow(/line 1 column \d+/);
  const many = `[${"1,".repeat(2 ** 20)}]`;
  await expect(parseJson(many)).rejects.toThrow(`line 1 column ${many.length}`);
  expect(performance.now() - began).toBeLessThan(5000);
});
