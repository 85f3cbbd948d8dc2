import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { startOf } from "../../../../src/core/data/start";
import { parseRunFile } from "../../../../src/core/files/parseRunFile";
import { makeRunFile } from "../../../../src/core/files/runfile";
import { History } from "../../../../src/core/history/history";
import { linkOf, parseLink } from "../../../../src/core/recipe/link";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import { smallRecipe, validRecipe } from "../../support/arbitraries";
import { inputErrorOf } from "../../support/inputError";
import { measuredColumns } from "../../support/measured";

/** The number of links and the number of files. */
const numRuns = 10_000;

/** Texts that have broken parsers, inserted anywhere. */
const nasty = [
  "",
  "\0",
  "%",
  "%00",
  "%E0%A4%A",
  "\ud800",
  "𝟙",
  "٣",
  "1e999",
  "-1e-999",
  "0x10",
  "NaN",
  "Infinity",
  "1_000",
  "1,5",
  "--1",
  "__proto__",
  "constructor",
  "toString",
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  "javascript:alert(1)",
  "' OR 1=1",
  "{{7*7}}",
  "\u202e",
  "a".repeat(5000),
  ";;;;:::,,,===&&&###",
  "edits=1:lr=1;1:lr=2;1:lr=3",
  "hidden=1024,1024,1024,1024,1024,1024",
  "rows=20000&inputs=1024&outputs=64",
] as const;

/** A text with one to four pieces replaced. */
const mutated = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          cut: fc.nat(6),
          put: fc.oneof(
            fc.constantFrom(...nasty),
            fc.string({ maxLength: 6 }),
            fc.constantFrom(..."&=:;,#%+-.e0123456789"),
          ),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([whole, changes]) =>
      changes.reduce((now, { at, cut, put }) => {
        const from = Math.floor(at * now.length);
        return now.slice(0, from) + put + now.slice(from + cut);
      }, whole),
    );

const values = fc.oneof(
  fc.constantFrom<unknown>(null, true, -0, 1e308, -1, 0.5, 2 ** 53, [], [[]], {}, { __proto__: null }, ...nasty),
  fc.integer(),
  fc.double(),
  fc.array(fc.double(), { maxLength: 3 }),
);

/** A JSON text with one to three values replaced or deleted. */
const tampered = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.array(fc.record({ way: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), value: fc.option(values) }), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([whole, changes]) => {
      const root = JSON.parse(whole);
      for (const { way, value } of changes) {
        let at = root;
        for (const [depth, turn] of way.entries()) {
          const keys = Object.keys(at);
          const key = keys[turn % keys.length];
          if (key === undefined) break;
          const last = depth === way.length - 1 || typeof at[key] !== "object" || at[key] === null;
          if (!last) at = at[key];
          else {
            if (value === null) delete at[key];
            else at[key] = value;
            break;
          }
        }
      }
      return JSON.stringify(root);
    });

describe("untrusted input", () => {
  test("parseLink returns a valid recipe and short errors for any link", () => {
    const link = fc.oneof(
      { weight: 6, arbitrary: mutated(validRecipe.map(linkOf)) },
      { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...nasty)).map((parts) => `#${parts.join("&")}`) },
    );
    fc.assert(
      fc.property(link, (hash) => {
        const { recipe, errors } = parseLink(hash);
        expect(parseRecipe(recipe)).toEqual({ recipe, errors: [] });
        for (const error of errors) expect(error.length).toBeLessThan(400);
        // The page writes this recipe into the address, and reads it back without an error.
        expect(parseLink(linkOf(recipe))).toEqual({ recipe, errors: [] });
      }),
      { numRuns },
    );
  }, 120_000);

  test("parseRunFile returns a run that can start or throws a short error for any changed file", () => {
    const recipe = fc.sample(smallRecipe, { numRuns: 5, seed: 4 });
    const texts = recipe.map((one) => {
      const start = startOf(one, null);
      const history = new History(tensorsOf(start.problem.sizes));
      history.append(measuredColumns(1, 4, history.tensors));
      return JSON.stringify(
        makeRunFile({ recipe: one, start, history, theta: start.theta, engine: "cpu", app: "0.0.0" }),
      );
    });
    fc.assert(
      fc.property(fc.oneof(mutated(fc.constantFrom(...texts)), tampered(fc.constantFrom(...texts))), (text) => {
        let input: unknown;
        try {
          input = JSON.parse(text);
        } catch {
          return; // parseJson reports it
        }
        const error = inputErrorOf(() => {
          const run = parseRunFile(input);
          const start = startOf(run.recipe, run.case);
          expect(start.theta.every(Number.isFinite)).toBe(true);
        });
        if (error === null) return;
        expect(error).toMatch(/\S/);
        expect(error.length).toBeLessThan(400);
      }),
      { numRuns },
    );
  }, 120_000);
});
