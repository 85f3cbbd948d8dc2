import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { recipeOfCase } from "../../../../src/core/data/start";
import { laterColumns } from "../../../../src/core/files/laterColumns";
import { parseRunFile } from "../../../../src/core/files/parseRunFile";
import type { RunFile } from "../../../../src/core/files/runFileSchema";
import { parseLesson } from "../../../../src/core/lesson/parseLesson";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { parseLink } from "../../../../src/core/recipe/link";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { traceBy } from "../../../lessons/traces";

const folder = resolve(import.meta.dirname, "../../../fixtures/before");
const read = (path: string) => JSON.parse(readFileSync(resolve(folder, path), "utf8"));
const runNames = readdirSync(resolve(folder, "runs"))
  .map((file) => file.replace(".json", ""))
  .filter((name) => name !== "caseOnly");

/** The content of a file, its recipes with the defaults of the settings that are newer than the files. */
const expected = (path: string) =>
  JSON.parse(readFileSync(resolve(folder, path), "utf8"), (_, value) =>
    value?.optimiser && value.edits ? { curve: defaultRecipe.curve, kappa: defaultRecipe.kappa, ...value } : value,
  );

function opened(name: string): RunFile {
  return parseRunFile(read(`runs/${name}.json`));
}

/** A run file as JSON writes it: null where a number is not finite. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

test.each(runNames)("parseRunFile reads every field of the file %s", (name) => {
  expect(asJson(opened(name))).toEqual(expected(`runs/${name}.json`));
});

test("parseRunFile reads a file that has a case only, the case of the file edits", async () => {
  const { case: given, recipe, trace } = opened("caseOnly");
  expect(given).toEqual(read("runs/caseOnly.json").case);
  expect(trace.step).toEqual([]);
  expect(close(await traceBy(createCpuEngine, recipeOfCase(recipe, given), 24, given))).toMatchObject(
    close(opened("edits").trace) as object,
  );
});

test.each(runNames)("the trainer computes the trace of the file %s again", async (name) => {
  const { case: given, recipe, trace } = opened(name);
  const computed = await traceBy(createCpuEngine, recipeOfCase(recipe, given), trace.step.length, given);
  expect(close(computed)).toMatchObject(close(trace) as object);
  // The files are older than these columns.
  expect(
    Object.keys(computed)
      .filter((name) => !(name in trace))
      .sort(),
  ).toEqual([...laterColumns].sort());
});

/** Numbers to eight digits: `Math.exp` differs in its last bits from one engine of JavaScript to another. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(8)) : Number.NaN;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, close(inner)]));
}

test.each(["tutorial", "lecture", "everyField"])("parseLesson gives the lesson of the file %s", (name) => {
  const written = JSON.stringify(parseLesson(read(`lessons/${name}.json`)), (_, value) =>
    value === Number.POSITIVE_INFINITY ? "Infinity" : value,
  );
  const { scenes, ...rest } = expected(`lessons/${name}.parsed.json`) as { scenes: object[] };
  // The files are older than these fields.
  const later = { part: null, experiment: null, stopWhen: null };
  expect(JSON.parse(written)).toEqual({ ...rest, scenes: scenes.map((scene) => ({ ...scene, ...later })) });
});

test.each(expected("links.json") as { link: string; recipe: Recipe; faults: number }[])(
  "parseLink gives the recipe of the link $link",
  ({ link, recipe, faults }) => {
    const parsed = parseLink(link);
    expect(parsed.recipe).toEqual(recipe);
    expect(parsed.errors).toHaveLength(faults);
  },
);
