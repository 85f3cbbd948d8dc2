import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultRecipe, settingKeys } from "../../../../src/core/recipe/controls";
import { linkOf, parseLink } from "../../../../src/core/recipe/link";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import { validRecipe } from "../../support/arbitraries";

describe("linkOf", () => {
  test("parseLink gives the recipe of linkOf, also when a browser has re-encoded the link", () => {
    fc.assert(
      fc.property(validRecipe, (recipe) => {
        const link = linkOf(recipe);
        expect(parseLink(link)).toEqual({ recipe, errors: [] });
        expect(parseLink(new URL(`https://example.org/${link}`).hash)).toEqual({ recipe, errors: [] });
      }),
    );
  });

  test.each([
    [{}, ""],
    [{ lr: 0.01, hidden: [16, 16], activation: "tanh" }, "#lr=0.01&hidden=16,16&activation=tanh"],
    [{ hidden: [] }, "#hidden=none"],
    [{ eps: 1e-7, shuffle: true }, "#eps=1e-7&shuffle=true"],
    [
      {
        edits: [
          { step: 300, beta1: 0.5 },
          { step: 120, lr: 0.05, shuffle: true },
        ],
      },
      "#edits=120:lr=0.05,shuffle=true;300:beta1=0.5",
    ],
  ])("linkOf writes %j as “%s”", (input, link) => {
    expect(linkOf(parseRecipe(input).recipe)).toBe(link);
  });
});

describe("parseLink", () => {
  test.each([
    ["", {}],
    ["#", {}],
    ["lr=0.01", { lr: 0.01 }],
    ["#hidden=", { hidden: [] }],
    ["#hidden=none&lr=.5&", { hidden: [], lr: 0.5 }],
    [
      "#edits=120%3Alr%3D0.05%3B300%3Abeta1%3D0.5",
      {
        edits: [
          { step: 120, lr: 0.05 },
          { step: 300, beta1: 0.5 },
        ],
      },
    ],
    ["#edits=", {}],
  ])("parseLink accepts “%s”", (link, recipe) => {
    expect(parseLink(link)).toEqual({ recipe: { ...defaultRecipe, ...recipe }, errors: [] });
  });

  test.each([
    ["#lr=fast", 'lr: found "fast"'],
    ["#lr=", 'lr: found ""'],
    ["#lr", 'lr: found ""'],
    ["#lr=Infinity", 'lr: found "Infinity"'],
    ["#seed=0x10", 'seed: found "0x10"'],
    ["#shuffle=yes", 'shuffle: found "yes"'],
    ["#hidden=16,,16", 'hidden: found [16, "", 16]'],
    ["#nope=1", "nope: unknown"],
    ["#__proto__=1", "__proto__: unknown"],
    ["#lr=0.1&lr=0.2", '"lr": found twice; the last value is used'],
    ["#dataset=%E0%A4%A", "malformed % escape"],
    ["#edits=120", 'edits: found "120"; allowed: step:key=value,key=value'],
    ["#edits=x:lr=1", 'edits[0]: step: found "x"'],
    ["#edits=5:lr=1,lr=2", 'edit at step 5, "lr": found twice'],
    ["#edits=5:rows=9", "edit at step 5, rows: cannot be set here"],
    ["#edits=5:step=7,lr=1", "edit at step 5, step: allowed only before the colon"],
  ])("parseLink rejects a part of “%s”: %s", (link, error) => {
    const { recipe, errors } = parseLink(link);
    expect(errors.join("\n")).toContain(error);
    expect(parseRecipe(recipe).errors).toEqual([]);
  });

  test("parseLink gives a valid recipe for any text", () => {
    const key = fc.constantFrom<string>(...settingKeys, "edits", "__proto__", "toString", "%");
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary-ascii" }).map((ascii) => `#\ud800${ascii}`),
      fc
        .array(fc.tuple(key, fc.string({ unit: fc.constantFrom(..."0123456789.,;:=&%e-+lrbt ") })), { maxLength: 4 })
        .map((pairs) => `#${pairs.map((pair) => pair.join("=")).join("&")}`),
    );
    fc.assert(
      fc.property(text, (hash) => {
        expect(parseRecipe(parseLink(hash).recipe).errors).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
