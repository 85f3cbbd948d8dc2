import { expect, it } from "vitest";
import { parseLink } from "../../../../src/core/recipe/link";
import { parseView } from "../../../../src/session/view/viewParameters";

it("parseView reads the view parameters", () => {
  const plain = {
    engine: null,
    judged: true,
    embed: false,
    chart: null,
    theme: null,
    paused: false,
    lesson: null,
    part: null,
    scene: null,
    sweep: null,
  };
  expect(parseView("")).toEqual({ view: plain, errors: [] });
  expect(parseView("?engine=cpu&judge=off&embed&chart=loss&theme=dark&paused")).toEqual({
    view: {
      engine: "cpu",
      judged: false,
      embed: true,
      chart: "loss",
      theme: "dark",
      paused: true,
      lesson: null,
      part: null,
      scene: null,
      sweep: null,
    },
    errors: [],
  });
  expect(parseView("?paused=false&embed=0&engine=webgl&judge=on").view).toEqual({ ...plain, engine: "webgl" });
  expect(parseView("?lesson&scene=12")).toEqual({ view: { ...plain, lesson: "", scene: 12 }, errors: [] });
  expect(parseView("?lesson&part=judge").view).toEqual({ ...plain, lesson: "", part: "judge" });
  expect(parseView("?lesson=mine/one.json").view).toEqual({ ...plain, lesson: "mine/one.json" });
});

it("parseView falls back to scene 1 when ?scene is invalid", () => {
  for (const scene of ["0", "-1", "two", "1.5", "1000", ""]) {
    const { view, errors } = parseView(`?scene=${scene}`);
    expect(view.scene).toBe(1);
    expect(errors[0]).toMatch(/^\?scene in the address: found “.*”; allowed: whole numbers from 1/);
  }
});

it("parseView names invalid parameters, and uses the rest", () => {
  const { view, errors } = parseView(`?engine=gpu&chart=pie&theme=dark&colour=red&${"x".repeat(500)}&%E0%A4%A`);
  expect(view).toEqual({
    engine: null,
    judged: true,
    embed: false,
    chart: null,
    theme: "dark",
    paused: false,
    lesson: null,
    part: null,
    scene: null,
    sweep: null,
  });
  expect(errors.join("\n")).toMatch(/engine.*gpu.*webgl, cpu/);
  expect(errors.join("\n")).toMatch(/chart.*pie.*slice, alpha, loss, norms, slope, ratio/);
  expect(errors.join("\n")).toMatch(/colour.*unknown/);
  for (const error of errors) expect(error.length).toBeLessThan(150);
});

it("parseView and parseLink ignore the parameters that networks append, and name a misspelt one", () => {
  const appended = "fbclid=IwAR0x&utm_source=mail&utm_campaign=a%20b&gclid=1&_gl=1*2&igsh=x&mc_cid=3";
  expect(parseView(`?paused&${appended}`)).toMatchObject({ view: { paused: true }, errors: [] });
  expect(parseLink(`#lr=0.01&${appended}`)).toMatchObject({ recipe: { lr: 0.01 }, errors: [] });
  expect(parseView("?pausd").errors[0]).toMatch(/pausd.*unknown/);
  expect(parseLink("#batchsize=3").errors[0]).toMatch(/batchsize/);
});
