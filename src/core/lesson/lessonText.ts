import { defaultRecipe, settingKeys } from "../recipe/controls";
import type { Recipe } from "../recipe/recipe";
import type { Lesson, Scene } from "./lesson";

/** The text of a lesson's file. Fields with their default values are omitted. */
export function lessonText({ title, csv, scenes }: Lesson): string {
  const file = {
    format: "alphascope-lesson",
    version: 1,
    title,
    ...(csv && { csv: { file: csv.file, target: csv.target, ...(csv.as && { as: csv.as }) } }),
    scenes: scenes.map(fieldsOfScene),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function fieldsOfScene({
  title,
  part,
  text,
  question,
  recipe,
  view,
  beside,
  control,
  experiment,
  stopWhen,
  play,
}: Scene) {
  const { chart, span, present, panel } = view;
  const { at, to, speed, paused } = play;
  return {
    title,
    ...(part && { part }),
    text,
    ...(question !== "" && { question }),
    recipe: differenceFrom(defaultRecipe, recipe),
    view: {
      ...(chart && { chart }),
      ...(span !== "run" && { span }),
      ...(present && { present }),
      ...(panel && { panel }),
    },
    ...(beside.length > 0 && { beside: beside.map((one) => differenceFrom(recipe, one)) }),
    ...(control && { control }),
    ...(experiment && { experiment }),
    ...(stopWhen && { stopWhen }),
    play: {
      ...(at > 0 && { at }),
      ...(to !== null && { to }),
      ...(speed !== 60 && { speed: Number.isFinite(speed) ? speed : "max" }),
      ...(paused && { paused }),
    },
  };
}

/** The settings of a recipe that differ from another recipe. */
function differenceFrom(other: Recipe, recipe: Recipe): Partial<Recipe> {
  const keys = ([...settingKeys, "edits"] as const).filter(
    (key) => JSON.stringify(recipe[key]) !== JSON.stringify(other[key]),
  );
  return Object.fromEntries(keys.map((key) => [key, recipe[key]]));
}
