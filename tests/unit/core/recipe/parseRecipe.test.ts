import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parameterCount } from "../../../../src/core/data/problem";
import { limits } from "../../../../src/core/limits";
import { controls, defaultRecipe, liveKeys, settingKeys } from "../../../../src/core/recipe/controls";
import { mergeEdits } from "../../../../src/core/recipe/mergeEdits";
import { parseRecipe, parseSettings } from "../../../../src/core/recipe/parseRecipe";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { anything, validRecipe, validValue } from "../../support/arbitraries";
import { examples } from "../../support/schedules";

/** Whether the parser accepts the recipe without an error. */
const isValid = (recipe: Recipe) => parseRecipe(recipe).errors.length === 0;

/** The parser replaces −0 by 0. */
const unsigned = (value: unknown) => (value === 0 ? 0 : value);

describe("parseRecipe", () => {
  test("parseRecipe returns a valid recipe unchanged", () => {
    fc.assert(
      fc.property(validRecipe, (recipe) => {
        expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual({ recipe, errors: [] });
      }),
    );
  });

  test("parseRecipe gives a valid recipe for any value", () => {
    fc.assert(
      fc.property(anything, (input) => {
        const { recipe, errors } = parseRecipe(input);
        expect(isValid(recipe)).toBe(true);
        expect(errors.every((error) => error.length > 0 && error.length < 400)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([...settingKeys, "edits"] as const)(
    "parseRecipe names the key %s in the error when its value is invalid",
    (key) => {
      fc.assert(
        fc.property(anything, validRecipe, (value, rest) => {
          const { recipe, errors } = parseRecipe({ ...rest, [key]: value });
          expect(isValid(recipe)).toBe(true);
          if (value === undefined) return;
          if (errors.length === 0) expect(recipe[key]).toEqual(key === "edits" ? [] : unsigned(value));
          else expect(errors[0]).toMatch(new RegExp(`^(${key}|edit|rows|hidden|outputs)`));
        }),
      );
    },
  );

  test("parseRecipe gives a valid recipe for any value of a schedule or of one of its fields, and names an invalid field", () => {
    const fields = [...new Set(examples.flatMap((schedule) => Object.keys(schedule)))];
    fc.assert(
      fc.property(anything, fc.constantFrom(...examples), fc.constantFrom(...fields), (value, schedule, field) => {
        const edited = (schedule: unknown) => parseRecipe({ edits: [{ step: 3, beta1: 0.5, schedule }] });
        const whole = edited(value);
        expect(isValid(whole.recipe)).toBe(true);
        if (value !== undefined) expect(whole.errors[0]).toMatch(/^edit at step 3, schedule/);
        const { recipe, errors } = edited({ ...schedule, [field]: value });
        expect(isValid(recipe)).toBe(true);
        if (errors.length > 0) expect(errors[0]).toMatch(/^edit at step 3, schedule\.\w+/);
        else expect(recipe.edits[0]?.schedule).toBeDefined();
        expect(recipe.edits[0]?.beta1).toBe(0.5);
      }),
    );
  });

  const wrong: readonly (readonly [unknown, string])[] = [
    [{ lr: "0.1" }, 'lr: found "0.1"; allowed: numbers from 1e-8 to 100'],
    [{ lr: Number.NaN }, "lr: found NaN; allowed: numbers from 1e-8 to 100"],
    [{ lr: 0 }, "lr: found 0;"],
    [{ beta1: 1 }, "beta1: found 1;"],
    [{ beta2: -0.1 }, "beta2: found -0.1;"],
    [{ eps: Number.POSITIVE_INFINITY }, "eps: found Infinity;"],
    [{ batchSize: 1.5 }, "batchSize: found 1.5; allowed: whole numbers from 1 to 20000"],
    [{ seed: 2 ** 32 }, "seed: found 4294967296;"],
    [{ shuffle: 1 }, "shuffle: found 1; allowed: true, false"],
    [{ dataset: "mnist" }, 'dataset: found "mnist"; allowed: noise, teacher, classes'],
    [{ dataset: "toString" }, 'dataset: found "toString"'],
    [{ hidden: 5 }, "hidden: found 5; allowed: lists of at most 6 whole numbers from 1 to 1024"],
    [{ hidden: [16, "16"] }, 'hidden: found [16, "16"];'],
    [{ hidden: new Array(3) }, "hidden: found [nothing, nothing, nothing];"],
    [{ hidden: new Array(1e9) }, "hidden: found a list of 1000000000;"],
    [{ hidden: [1, 1, 1, 1, 1, 1, 1] }, "hidden: found [1, 1, 1, 1, 1, 1, 1];"],
    [{ momentum: 0.9 }, "momentum: unknown; allowed: optimiser, lr, "],
    [JSON.parse('{"__proto__": {"lr": 5}}'), "__proto__: unknown"],
    [{ constructor: 1 }, "constructor: unknown"],
    [{ "a\nb": 1 }, '"a\\nb": unknown'],
    [{ dataset: "classes", outputs: 1 }, "outputs: found 1; allowed: 2 or more for the dataset classes"],
    [{ hidden: [1024, 1024, 1024, 1024, 1024] }, "hidden: found 4210689 parameters; allowed: at most 4000000"],
    [{ rows: 20_000, inputs: 1024 }, "rows: found 20000 of 1024 inputs and 1 outputs; allowed: at most 3902"],
    [{ edits: "20:lr=1" }, 'edits: found "20:lr=1"; allowed: lists of at most 100000 edits'],
    [{ edits: new Array(limits.edits + 1) }, "edits: found a list of 100001;"],
    [{ edits: [null] }, "edits[0]: found null;"],
    [{ edits: [{ lr: 1 }] }, "edits[0]: step: found nothing;"],
    [{ edits: [{ step: 0, lr: 1 }] }, "edits[0]: step: found 0;"],
    [{ edits: [{ step: 12, lr: -1 }] }, "edit at step 12, lr: found -1;"],
    [{ edits: [{ step: 12, seed: 1 }] }, "edit at step 12, seed: cannot be set here; allowed: lr, "],
    [null, "recipe: found null; allowed: an object"],
    [[1, 2], "recipe: found [1, 2]; allowed: an object"],
    ["lr=1", 'recipe: found "lr=1"; allowed: an object'],
    [undefined, "recipe: found nothing; allowed: an object"],
  ];
  test.each(wrong.map(([input, error]) => [error, input] as const))(
    "parseRecipe reports one error: %s",
    (error, input) => {
      const { recipe, errors } = parseRecipe(input);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toContain(error);
      expect(isValid(recipe)).toBe(true);
    },
  );

  test("parseRecipe uses the valid settings when other settings are invalid", () => {
    const { recipe, errors } = parseRecipe({ lr: 0.5, beta1: 2, edits: [{ step: 3, lr: "x", eps: 0 }] });
    expect(recipe).toEqual({ ...defaultRecipe, lr: 0.5, edits: [{ step: 3, eps: 0 }] });
    expect(errors.map((error) => error.split(":")[0])).toEqual(["beta1", "edit at step 3, lr"]);
  });

  test("parseRecipe keeps the numbers of parameters and of data values within the limits", () => {
    const { recipe } = parseRecipe({ inputs: 1024, hidden: Array(6).fill(1024), outputs: 64, rows: 20_000 });
    const { inputs, hidden, outputs, rows } = recipe;
    expect(parameterCount([inputs, ...hidden, outputs])).toBeLessThanOrEqual(limits.parameters);
    expect(rows * (inputs + outputs)).toBeLessThanOrEqual(limits.values);
  });

  test("parseRecipe reports values that throw when read, and cyclic values, as errors", () => {
    const cyclic: Record<string, unknown> = { lr: 0.1 };
    cyclic.hidden = cyclic;
    cyclic.edits = [cyclic];
    expect(parseRecipe(cyclic).errors).toHaveLength(2);
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    expect(parseRecipe(revoked.proxy).errors).toHaveLength(1);
    expect(parseRecipe({ hidden: revoked.proxy, edits: [revoked.proxy] }).errors).toHaveLength(2);
    const bomb = {
      get lr() {
        throw new Error("boom");
      },
    };
    expect(parseRecipe(bomb).errors).toHaveLength(1);
  });

  test("parseRecipe lists twenty errors and counts the others", () => {
    const edits = Array.from({ length: 50 }, (_, i) => ({ step: i + 1, lr: "?" }));
    const { errors } = parseRecipe({ edits });
    expect(errors).toHaveLength(21);
    expect(errors.at(-1)).toBe("and 30 more errors");
  });

  test("parseRecipe copies lists and replaces −0 by 0", () => {
    const hidden = [3, 3];
    const { recipe } = parseRecipe({ hidden });
    hidden[0] = 9999;
    expect(recipe.hidden).toEqual([3, 3]);
    expect(Object.is(parseRecipe({ seed: -0 }).recipe.seed, 0)).toBe(true);
  });
});

describe("parseSettings", () => {
  test("parseSettings returns the settings that are allowed and valid, and reports the others", () => {
    fc.assert(
      fc.property(fc.constantFrom(...liveKeys), fc.oneof(anything, fc.constant(0.5)), (key, value) => {
        const { settings, errors } = parseSettings({ [key]: value, seed: 1 }, liveKeys);
        expect(errors.at(-1)).toMatch(/^seed: cannot be set here/);
        expect(errors.length === 1 ? unsigned(value) : undefined).toEqual(settings[key]);
      }),
    );
    for (const key of liveKeys) {
      fc.assert(
        fc.property(validValue(controls[key]), (value) => {
          expect(parseSettings({ [key]: value }, liveKeys)).toEqual({ settings: { [key]: value }, errors: [] });
        }),
      );
    }
  });

  test.each([null, 5, "lr", [], undefined])("parseSettings reports an error for %j", (input) => {
    expect(parseSettings(input, liveKeys).errors).toHaveLength(1);
  });
});

test("mergeEdits sorts edits by step, merges edits of the same step so that the later one wins, and drops empty edits", () => {
  const edits = [{ step: 9, lr: 0.1, beta1: 0.5 }, { step: 3, eps: 0 }, { step: 9, lr: 0.2 }, { step: 5 }];
  expect(mergeEdits(edits)).toEqual([
    { step: 3, eps: 0 },
    { step: 9, lr: 0.2, beta1: 0.5 },
  ]);
});

test("parseRecipe reports a key that two edits set at one step, and joins edits of different keys", () => {
  const parse = (...edits: unknown[]) => parseRecipe({ edits });
  expect(parse({ step: 5, lr: 0.1 }, { step: 5, lr: 0.2 })).toMatchObject({
    recipe: { edits: [{ step: 5, lr: 0.2 }] },
    errors: ["edit at step 5, lr: found twice; the last value is used"],
  });
  expect(parse({ step: 5, lr: 0.1 }, { step: 5, beta1: 0.5 })).toMatchObject({
    recipe: { edits: [{ step: 5, lr: 0.1, beta1: 0.5 }] },
    errors: [],
  });
});
