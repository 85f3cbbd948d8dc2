import { expect, it, test } from "vitest";
import { parseJson } from "../../../src/core/json";

it("reads what JSON reads", () => {
  expect(parseJson('{"a": [1, {"b": null}, "\\u00e9"]}')).toEqual({ a: [1, { b: null }, "é"] });
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
])("names the place in %j", (text, line, column) => {
  expect(() => parseJson(text)).toThrow(new RegExp(`line ${line} column ${column}\\b`));
});
