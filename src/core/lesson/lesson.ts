import * as v from "valibot";
import { withSettings } from "../data/fixed";
import {
  anything,
  bool,
  check,
  custom,
  dependent,
  isWhole,
  list,
  object,
  oneOf,
  orNull,
  refusal,
  type Schema,
  whole,
} from "../files/schema";
import type { StopCondition } from "../history/stopCondition";
import { stopConditionFrom, stopConditionRefusal } from "../history/stopConditionText";
import { limits } from "../limits";
import { defaultRecipe, settingKeys } from "../recipe/controls";
import { parseRecipe } from "../recipe/parseRecipe";
import type { Recipe } from "../recipe/recipe";
import { fieldsOf, found } from "../untrusted";
import { isOnCsv, lessonLimits, sceneCharts, scenePanels } from "./lessonFormat";
import { experimentSchema } from "./sceneExperiment";

/** Line breaks, other control characters, and characters that change the direction of writing. */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Plain text on one line, without the spaces around it. The page shows it as text, never as markup. */
const line = (most: number): Schema<string> =>
  custom((input, refuse) => {
    const allowed = `a text of 1 to ${most} characters on one line`;
    if (typeof input !== "string" || input.trim() === "" || unprintable.test(input)) {
      return refuse(refusal(input, allowed));
    }
    const { length } = [...input];
    return length <= most ? input.trim() : refuse(`found ${length} characters; allowed: ${allowed}`);
  });

/** The name of a column, which may contain any character. */
const columnName: Schema<string> = custom((input, refuse) => {
  const most = lessonLimits.target;
  return typeof input === "string" && input.trim() !== "" && [...input].length <= most
    ? input.trim()
    : refuse(refusal(input, `a text of 1 to ${most} characters`));
});

/** A whole number in a range, or a word. */
const wholeOr = <W extends string>(word: W, min: number, max: number): Schema<number | W> =>
  custom((input, refuse) =>
    input === word || isWhole(input, min, max)
      ? (input as number | W)
      : refuse(refusal(input, `${word}, or a whole number from ${min} to ${max}`)),
  );

const csvSchema = object(
  {
    /** The name of the CSV file. A file of another name is accepted if it has the column. */
    file: line(lessonLimits.file),
    /** The name of the target column. */
    target: columnName,
    /** null: a number if every value of the column is a number. */
    as: orNull(oneOf("number", "class")),
  },
  "refused",
);

/** The page while a scene is shown; null keeps the current state. */
const viewSchema = object(
  {
    /** null keeps the current chart. */
    chart: orNull(oneOf(...sceneCharts)),
    /** The range of the time axes: the whole run, or this number of latest steps. */
    span: v.optional(wholeOr("run", 10, limits.steps), "run"),
    /** Whether the scene starts presentation mode. */
    present: v.optional(bool, false),
    panel: orNull(oneOf(...scenePanels)),
  },
  "refused",
);

const playSchema = v.pipe(
  object(
    {
      /** The step that the scene trains to before it is shown. */
      at: v.optional(whole(0, lessonLimits.at), 0),
      /** The step at which the run pauses; null: it does not pause. */
      to: orNull(whole(1, limits.steps)),
      /** Steps per second; Infinity, "max" in the file: as many as possible. */
      speed: v.pipe(
        v.optional(wholeOr("max", 1, lessonLimits.speed), 60),
        v.transform((speed) => (speed === "max" ? Number.POSITIVE_INFINITY : speed)),
      ) as unknown as Schema<number>,
      /** Whether the scene starts paused. */
      paused: v.optional(bool, false),
    },
    "refused",
  ),
  check(({ at, to }, report) => {
    if (to !== null && to <= at) report(refusal(to, `a whole number from ${at + 1} to ${limits.steps}`), "to");
  }),
);

const stopConditionSchema: Schema<StopCondition> = custom((input, refuse) => {
  const refusal = stopConditionRefusal(input);
  return refusal === null ? stopConditionFrom(input) : refuse(refusal);
});

/** A recipe, by the settings in which it differs from another recipe. */
const recipeOver = (base: Recipe): Schema<Recipe> =>
  custom((input, refuse) => {
    const fields = fieldsOf(input === undefined ? {} : input);
    if (!fields) return refuse(refusal(input, "an object"));
    const { recipe, errors } = parseRecipe(withSettings(base, fields));
    return errors[0] === undefined ? recipe : refuse(`.${errors[0]}`);
  });

const sceneSchema = dependent(
  object(
    {
      title: line(lessonLimits.title),
      /** Two or three sentences. */
      text: line(lessonLimits.text),
      /** A question to the audience; empty without one. */
      question: v.pipe(
        orNull(line(lessonLimits.question)),
        v.transform((question) => question ?? ""),
      ),
      /** The part of the lesson that the scene belongs to; null: none. */
      part: orNull(line(lessonLimits.part)),
      recipe: recipeOver(defaultRecipe),
      view: v.nullish(viewSchema, {}),
      beside: v.optional(anything),
      /** The setting to move. */
      control: orNull(oneOf(...settingKeys)),
      /** An experiment beside the scene's run, whose dialog a button of the scene opens; null: none. */
      experiment: orNull(experimentSchema),
      /** Pauses play at the first step that meets the condition; null removes a condition. */
      stopWhen: orNull(stopConditionSchema),
      play: v.nullish(playSchema, {}),
    },
    "refused",
  ),
  ({ recipe }) =>
    object({
      /** Runs that are trained in step with the scene's run. */
      beside: v.nullish(list(recipeOver(recipe), 0, lessonLimits.beside), []),
    }),
);

/** A lesson file. An unknown field is a fault, so that a misspelt field is found. */
export const lessonSchema = v.pipe(
  object(
    {
      format: oneOf("alphascope-lesson"),
      version: oneOf(1),
      title: line(lessonLimits.title),
      /** The CSV of the scenes with the dataset `csv`; null: any CSV. A lesson names its CSV and does not contain its rows. */
      csv: orNull(csvSchema),
      scenes: list(sceneSchema, 1, lessonLimits.scenes),
    },
    "refused",
  ),
  check(({ csv, scenes }, report) => {
    if (csv && !scenes.some(isOnCsv)) {
      report(`found ${found(csv.file)} without a scene on it; allowed: with a scene of "dataset": "csv"`, "csv");
    }
  }),
  v.transform(({ title, csv, scenes }) => ({ title, csv, scenes })),
);

export type LessonCsv = v.InferOutput<typeof csvSchema>;
/** The start of a scene's run. */
export type SceneStart = v.InferOutput<typeof playSchema>;
export type Scene = v.InferOutput<typeof sceneSchema>;
/** Scenes for a lecture: a file that anyone can write. */
export type Lesson = v.InferOutput<typeof lessonSchema>;
