import { defaultRecipe, settingKeys } from "../recipe/controls";
import type { Recipe } from "../recipe/recipe";
import type { Lesson, Scene } from "./lesson";

/** A lesson as its file: what takes its default is left out, as one would write it by hand. */
export function lessonText({ title, csv, scenes }: Lesson): string {
  const file = {
    format: "alphascope-lesson",
    version: 1,
    title,
    ...(csv && { csv: { file: csv.file, target: csv.target, ...(csv.as && { as: csv.as }) } }),
    scenes: scenes.map(written),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function written({ title, text, question, recipe, view, beside, control, play }: Scene) {
  const { chart, span, present, panel } = view;
  const { at, to, speed, paused } = play;
  return {
    title,
    text,
    ...(question !== "" && { question }),
    recipe: apart(recipe, defaultRecipe),
    view: {
      ...(chart && { chart }),
      ...(span !== "run" && { span }),
      ...(present && { present }),
      ...(panel && { panel }),
    },
    ...(beside.length > 0 && { beside: beside.map((one) => apart(one, recipe)) }),
    ...(control && { control }),
    play: {
      ...(at > 0 && { at }),
      ...(to !== null && { to }),
      ...(speed !== 60 && { speed: Number.isFinite(speed) ? speed : "max" }),
      ...(paused && { paused }),
    },
  };
}

/** What a recipe has that the other has not. */
function apart(recipe: Recipe, other: Recipe): Partial<Recipe> {
  const keys = ([...settingKeys, "edits"] as const).filter(
    (key) => JSON.stringify(recipe[key]) !== JSON.stringify(other[key]),
  );
  return Object.fromEntries(keys.map((key) => [key, recipe[key]]));
}
