import { expect, it } from "vitest";
import { parseView } from "../../../src/store/view";

it("reads the view from the address", () => {
  const plain = { engine: null, embed: false, chart: null, theme: null, paused: false };
  expect(parseView("")).toEqual({ view: plain, faults: [] });
  expect(parseView("?engine=cpu&embed&chart=loss&theme=dark&paused")).toEqual({
    view: { engine: "cpu", embed: true, chart: "loss", theme: "dark", paused: true },
    faults: [],
  });
  expect(parseView("?paused=false&embed=0&engine=webgl").view).toEqual({ ...plain, engine: "webgl" });
});

it("names what it cannot use, and uses the rest", () => {
  const { view, faults } = parseView(`?engine=gpu&chart=pie&theme=dark&colour=red&${"x".repeat(500)}&%E0%A4%A`);
  expect(view).toEqual({ engine: null, embed: false, chart: null, theme: "dark", paused: false });
  expect(faults.join("\n")).toMatch(/engine.*gpu.*webgl, cpu/);
  expect(faults.join("\n")).toMatch(/chart.*pie.*slice, alpha, loss, norms, slope, ratio/);
  expect(faults.join("\n")).toMatch(/colour.*unknown/);
  for (const fault of faults) expect(fault.length).toBeLessThan(150);
});
