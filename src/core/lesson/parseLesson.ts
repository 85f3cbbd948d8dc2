import { withSettings } from "../data/shipped";
import { InputError } from "../errors";
import { listAt, objectAt, oneOf, refuse, wholeAt } from "../files/parseCase";
import { limits } from "../limits";
import { defaultRecipe, settingKeys } from "../recipe/controls";
import { parseRecipe } from "../recipe/parseRecipe";
import type { Recipe } from "../recipe/recipe";
import { fieldsOf, found } from "../untrusted";
import {
  type Lesson,
  lessonLimits,
  type Scene,
  type SceneStart,
  type SceneView,
  sceneCharts,
  scenePanels,
} from "./lesson";
import { isOnCsv, type LessonCsv } from "./lessonCsv";

/**
 * A lesson file, checked in every field. Unknown keys are errors, so that a misspelt key is found.
 * @throws InputError that names the field
 */
export function parseLesson(input: unknown): Lesson {
  try {
    const fields = only("lesson", input, ["format", "version", "title", "csv", "scenes"]);
    oneOf("format", fields.format, ["alphascope-lesson"]);
    oneOf("version", fields.version, [1]);
    const title = textAt("title", fields.title, lessonLimits.title);
    const csv = fields.csv === undefined ? null : csvAt("csv", fields.csv);
    const scenes = listAt("scenes", fields.scenes, 1, lessonLimits.scenes).map((scene, i) =>
      sceneAt(`scenes[${i}]`, scene),
    );
    if (csv && !scenes.some(isOnCsv))
      throw new InputError(`csv: found ${found(csv.file)}, and no scene on it; allowed: scenes with "dataset": "csv"`);
    return { title, csv, scenes };
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Any other error comes from a value that throws when it is read.
    throw new InputError(`lesson: found ${found(input)} that cannot be read`);
  }
}

function csvAt(at: string, value: unknown): LessonCsv {
  const { file, target, as } = only(at, value, ["file", "target", "as"]);
  return {
    file: textAt(`${at}.file`, file, lessonLimits.file),
    target: nameAt(`${at}.target`, target, lessonLimits.target),
    as: as === undefined ? null : oneOf(`${at}.as`, as, ["number", "class"]),
  };
}

const sceneKeys = ["title", "text", "question", "recipe", "view", "beside", "control", "play"] as const;

function sceneAt(at: string, value: unknown): Scene {
  const fields = only(at, value, sceneKeys);
  const own = recipeAt(`${at}.recipe`, fields.recipe, defaultRecipe);
  const beside = listAt(`${at}.beside`, fields.beside ?? [], 0, lessonLimits.beside);
  return {
    title: textAt(`${at}.title`, fields.title, lessonLimits.title),
    text: textAt(`${at}.text`, fields.text, lessonLimits.text),
    question: fields.question === undefined ? "" : textAt(`${at}.question`, fields.question, lessonLimits.question),
    recipe: own,
    view: viewAt(`${at}.view`, fields.view),
    // What such a run leaves out is as in the scene's own.
    beside: beside.map((recipe, i) => recipeAt(`${at}.beside[${i}]`, recipe, own)),
    control: fields.control === undefined ? null : oneOf(`${at}.control`, fields.control, settingKeys),
    play: playAt(`${at}.play`, fields.play),
  };
}

function viewAt(at: string, value: unknown): SceneView {
  const { chart, span = "run", present = false, panel } = only(at, value ?? {}, ["chart", "span", "present", "panel"]);
  return {
    chart: chart === undefined ? null : oneOf(`${at}.chart`, chart, sceneCharts),
    span: span === "run" ? span : rangeAt(`${at}.span`, span, 10, limits.steps, "run"),
    present: oneOf(`${at}.present`, present, [true, false]),
    panel: panel === undefined ? null : oneOf(`${at}.panel`, panel, scenePanels),
  };
}

function playAt(at: string, value: unknown): SceneStart {
  const { at: from = 0, to, speed = 60, paused = false } = only(at, value ?? {}, ["at", "to", "speed", "paused"]);
  const first = wholeAt(`${at}.at`, from, 0, lessonLimits.at);
  return {
    at: first,
    to: to === undefined ? null : wholeAt(`${at}.to`, to, first + 1, limits.steps),
    speed: speed === "max" ? Number.POSITIVE_INFINITY : rangeAt(`${at}.speed`, speed, 1, lessonLimits.speed, "max"),
    paused: oneOf(`${at}.paused`, paused, [true, false]),
  };
}

/** The fields of an object that has these and no others. */
function only<K extends string>(at: string, value: unknown, keys: readonly K[]): Partial<Record<K, unknown>> {
  const fields = objectAt(at, value);
  const stranger = Object.keys(fields).find((key) => !(keys as readonly string[]).includes(key));
  if (stranger !== undefined) throw new InputError(`${at}: found ${found(stranger)}; known: ${keys.join(", ")}`);
  return fields as Partial<Record<K, unknown>>;
}

function rangeAt(at: string, value: unknown, min: number, max: number, word: string): number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
    ? (value as number)
    : refuse(at, value, `${word}, or a whole number from ${min} to ${max}`);
}

/** Line breaks and other controls, and marks that turn the direction of writing. */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Plain text on one line. It is shown as it stands: what looks like markup is read as letters. */
function textAt(at: string, value: unknown, most: number): string {
  const allowed = `a text of 1 to ${most} characters on one line`;
  if (typeof value !== "string" || value.trim() === "" || unprintable.test(value)) return refuse(at, value, allowed);
  const length = [...value].length;
  if (length > most) throw new InputError(`${at}: found ${length} characters; allowed: ${allowed}`);
  return value.trim();
}

/** The name of a column: whatever it holds, since it has to be the same. */
function nameAt(at: string, value: unknown, most: number): string {
  return typeof value === "string" && value.trim() !== "" && [...value].length <= most
    ? value.trim()
    : refuse(at, value, `a text of 1 to ${most} characters`);
}

/** A recipe that says what differs from another. */
function recipeAt(at: string, value: unknown, base: Recipe): Recipe {
  const fields = fieldsOf(value === undefined ? {} : value);
  if (!fields) return refuse(at, value, "an object");
  const { recipe, errors } = parseRecipe(withSettings(base, fields));
  if (errors[0] !== undefined) throw new InputError(`${at}.${errors[0]}`);
  return recipe;
}
