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
    [
      { edits: [{ step: 1, beta1: 0.5, schedule: { key: "lr", shape: "cosine", lr: 0.01, end: 0, length: 2000 } }] },
      "#edits=1:beta1=0.5,schedule=cosine/lr=0.01/end=0/length=2000",
    ],
    [
      {
        edits: [
          {
            step: 9,
            schedule: {
              shape: "drawn",
              length: 400,
              corners: [
                { at: 0, value: 0.01 },
                { at: 0.25, value: 1e-5 },
              ],
            },
          },
        ],
      },
      "#edits=9:schedule=drawn/length=400/0:0.01/0.25:0.00001",
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
    [
      "#edits=1%3Aschedule%3DwarmUp%2Flow%3D0%2Flr%3D0.1%2Flength%3D50",
      { edits: [{ step: 1, schedule: { key: "lr", shape: "warmUp", low: 0, lr: 0.1, length: 50 } }] },
    ],
    [
      "#edits=5:schedule=steps/length=90/every=30/factor=.1/lr=1;7:lr=2",
      {
        edits: [
          { step: 5, schedule: { key: "lr", shape: "steps", lr: 1, factor: 0.1, every: 30, length: 90 } },
          { step: 7, lr: 2 },
        ],
      },
    ],
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
    ["#edits=5:schedule=spiral/length=9", 'edit at step 5, schedule.shape: found "spiral"; allowed: warmUp, cosine'],
    ["#edits=5:schedule", 'edit at step 5, schedule.shape: found ""'],
    ["#edits=5:schedule=cosine/lr=1/end=0", "edit at step 5, schedule.length: found nothing; allowed: whole numbers"],
    [
      "#edits=5:schedule=cosine/lr=x/end=0/length=9",
      'edit at step 5, schedule.lr: found "x"; allowed: numbers from 1e-8',
    ],
    ["#edits=5:schedule=cosine/lr=1/lr=2/end=0/length=9", 'edit at step 5, schedule."lr": found twice'],
    [
      "#edits=5:schedule=cosine/lr=1/end=0/length=9/low=1",
      "edit at step 5, schedule.low: unknown; allowed: key, shape",
    ],
    [
      "#edits=5:schedule=cosine/key=beta1/lr=1/end=0/length=9",
      'edit at step 5, schedule.key: found "beta1"; allowed: lr',
    ],
    ["#edits=5:schedule=drawn/length=9", "edit at step 5, schedule.corners: found nothing"],
    ["#edits=5:schedule=drawn/length=9/0.5:1/0.2:1", "edit at step 5, schedule.corners[1].at: found 0.2"],
    ["#edits=5:schedule=drawn/length=9/0.5:", 'edit at step 5, schedule.corners[0].value: found ""'],
    ["#edits=5:schedule=warmUpCosine/low=0/lr=1/end=0/warmUp=9/length=9", "schedule.warmUp: found 9; allowed: whole"],
    ["#edits=5:schedule=oneCycle/low=0/lr=1/end=0/warmUp=9/length=9", "schedule.warmUp: found 9; allowed: whole"],
    [
      "#edits=5:schedule=wsd/low=0/lr=1/warmUp=4/end=0/decay=6/power=1/length=9",
      "decay: found 6; allowed: whole numbers up to 5",
    ],
    [
      "#edits=5:schedule=cyclic/low=0/lr=1/up=4/down=6/factor=2/length=9",
      "factor: found 2; allowed: numbers from 0.001 to 1",
    ],
    ["#edits=5:schedule=steps/lr=1/factor=10/every=1/length=9", "schedule.factor: found 10; allowed: factors"],
    ["#edits=5:lr=1,schedule=cosine/lr=1/end=0/length=9", "edit at step 5, lr: found 1 beside a schedule of lr"],
    ["#edits=5:step=7,lr=1", "edit at step 5, step: allowed only before the colon"],
  ])("parseLink rejects a part of “%s”: %s", (link, error) => {
    const { recipe, errors } = parseLink(link);
    expect(errors.join("\n")).toContain(error);
    expect(parseRecipe(recipe).errors).toEqual([]);
  });

  test("parseLink drops an invalid schedule and keeps the other parts of its edit", () => {
    const { recipe, errors } = parseLink("#seed=3&edits=5:beta1=0.5,schedule=cosine/lr=1;9:lr=2");
    expect(recipe).toMatchObject({
      seed: 3,
      edits: [
        { step: 5, beta1: 0.5 },
        { step: 9, lr: 2 },
      ],
    });
    expect(errors).toHaveLength(2);
  });

  test("parseLink gives a valid recipe for any text", () => {
    const key = fc.constantFrom<string>(...settingKeys, "edits", "__proto__", "toString", "%");
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary-ascii" }).map((ascii) => `#\ud800${ascii}`),
      fc
        .array(fc.tuple(key, fc.string({ unit: fc.constantFrom(..."0123456789.,;:=&%e-+lrbt /schedulcosin") })), {
          maxLength: 4,
        })
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
