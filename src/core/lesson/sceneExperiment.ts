import * as v from "valibot";
import type { ExperimentForm } from "../experiment/experimentForm";
import { rangeBounds } from "../experiment/range";
import { parseSweep } from "../experiment/sweepText";
import { check, custom, object, optionalField, refusal, type Schema } from "../files/schema";
import { controls } from "../recipe/controls";
import { lessonLimits } from "./lessonFormat";

const numberFrom = ({ min, max }: { readonly min: number; readonly max: number }): Schema<number> =>
  custom((input, refuse) =>
    typeof input === "number" && input >= min && input <= max
      ? input
      : refuse(refusal(input, `numbers from ${min} to ${max}`)),
  );

const sweepSchema: Schema<string> = custom((input, refuse) => {
  const most = lessonLimits.sweep;
  if (typeof input !== "string" || input.length > most) {
    return refuse(refusal(input, `a text of at most ${most} characters`));
  }
  const [error] = parseSweep(input).errors;
  return error === undefined ? input : refuse(error);
});

/** The experiment of a scene: its dialog opens with this form. */
export const experimentSchema = v.pipe(
  object(
    {
      range: optionalField(
        object({ from: numberFrom(controls.lr), factor: numberFrom(rangeBounds.factor) }, "refused"),
      ),
      sweep: optionalField(sweepSchema),
    },
    "refused",
  ),
  check((fields, report) => {
    if (Object.keys(fields).length !== 1) report(refusal(fields, "range or sweep"));
  }),
) as unknown as Schema<ExperimentForm>;
