import { expect, test } from "vitest";
import type { Ratio } from "../../bench/engines/timeEngines";
import { stepRateName } from "../../bench/page/pageTimes";
import { speedTable, withBlock } from "../../bench/readme";
import { engineTable, pageTable } from "../../bench/tables";

const ratio = (engine: Ratio["engine"], peer: string, stepsPerSecond: number, ratio: number): Ratio => ({
  ...{ network: "10-5-1", engine, peer, stepsPerSecond, ratio },
});
const ratios = [
  ratio("webgl", "tfjs-webgl-unread", 2703.6, 12.94),
  ratio("cpu", "tfjs-cpu-unread", 167_534, 41.8),
  ratio("cpu", "tfjs-webgl-unread", 167_534, 797),
];

test("engineTable has one row for each ratio, with the ratio in Firefox and its share of Chromium's where it was measured", () => {
  const loops = { ...ratio("cpu", "loops", 167_534, 4), firefox: 3.5 };
  expect(engineTable([...ratios, loops])).toBe(
    [
      "| network | engine | steps/s | peer | ratio | in Firefox |",
      "| --- | --- | --- | --- | --- | --- |",
      "| 10-5-1 | webgl | 2,704 | tfjs-webgl-unread | 12.9 × |  |",
      "| 10-5-1 | cpu | 167,534 | tfjs-cpu-unread | 41.8 × |  |",
      "| 10-5-1 | cpu | 167,534 | tfjs-webgl-unread | 797 × |  |",
      "| 10-5-1 | cpu | 167,534 | loops | 4.00 × | 3.50 × (88%) |",
    ].join("\n"),
  );
});

test("pageTable has one row for each measurement", () => {
  expect(pageTable({ start: "437 ms" })).toBe("| page | measured |\n| --- | --- |\n| start | 437 ms |");
});

test("speedTable has one row for each network and one for the page, and a dash for a result that is missing", () => {
  const page = { [stepRateName("cpu")]: "79,855", [stepRateName("webgl")]: "1,835" };
  expect(speedTable({ ratios, page }).split("\n").slice(2)).toEqual([
    "| 10-5-1 | 167,534 | 41.8 × | 2,704 | 12.9 × |",
    "| 10-64-64-1 | – | – | – | – |",
    "| 64-256-256-10 | – | – | – | – |",
    "| 784-64-10 | – | – | – | – |",
    "| 10-5-1, page with all panels | 79,855 | – | 1,835 | – |",
  ]);
  expect(speedTable({ ratios: [], page: null })).toMatch(/all panels \| – \| – \| – \| – \|$/);
});

test("withBlock replaces only the block between the named markers", () => {
  const text = "a\n<!-- bench: speed -->\nold\n<!-- bench end -->\nb\n<!-- bench: page -->\n<!-- bench end -->\n";
  expect(withBlock(text, "speed", "new", "README.md")).toBe(
    "a\n<!-- bench: speed -->\n\nnew\n\n<!-- bench end -->\nb\n<!-- bench: page -->\n<!-- bench end -->\n",
  );
  const twice = withBlock(withBlock(text, "page", "$& 1", "README.md"), "page", "$& 2", "README.md");
  expect(twice).toBe(
    "a\n<!-- bench: speed -->\nold\n<!-- bench end -->\nb\n<!-- bench: page -->\n\n$& 2\n\n<!-- bench end -->\n",
  );
});

test("withBlock names the file and the marker when the block is missing", () => {
  expect(() => withBlock("no markers", "speed", "", "README.md")).toThrow(
    "README.md: found no block <!-- bench: speed --> … <!-- bench end -->",
  );
});
