import * as v from "valibot";
import { limits } from "../limits";
import { defaultRecipe } from "../recipe/controls";
import { optimiserNames } from "../recipe/optimisers";
import type { Recipe } from "../recipe/recipe";
import { columnsOf, groupsOf, type NamedTensor, type RecordedSettings, type Recording, unplaced } from "./recording";
import {
  anything,
  check,
  custom,
  list,
  object,
  oneOf,
  optionalField,
  parse,
  refusal,
  type Schema,
  text,
  whole,
} from "./schema";
import { traceSchema } from "./traceSchema";

/** Bounds of a recording, so that no file exhausts time or memory. */
const most = { tensors: 4096, dimensions: 16, characters: 200 } as const;

const label: Schema<string> = v.pipe(
  text,
  check((input, report) => {
    if (input.length === 0 || input.length > most.characters)
      report(`found a text of ${input.length} characters; allowed: 1 to ${most.characters} characters`);
  }),
);

const positive = optionalField(
  custom<number>((input, refuse) =>
    typeof input === "number" && input >= 0 && input < Number.POSITIVE_INFINITY
      ? input
      : refuse(refusal(input, "a number of 0 or more")),
  ),
);

const tensor: Schema<NamedTensor> = object({
  name: label,
  shape: list(whole(0, Number.MAX_SAFE_INTEGER), 0, most.dimensions),
});

const settings = object({
  optimiser: optionalField(oneOf(...optimiserNames)),
  lr: positive,
  beta1: positive,
  beta2: positive,
  eps: positive,
  weightDecay: positive,
  batchSize: positive,
});

const recording = object({
  name: label,
  optimiser: label,
  device: label,
  /** The number of rows of the data; absent or null where it is unknown. */
  rows: optionalField(whole(1, Number.MAX_SAFE_INTEGER)),
  tensors: list(tensor, 1, most.tensors),
  settings,
});

/** The run file of another program: a trace, without a case. */
const recordingFile = v.pipe(
  object({
    format: oneOf("alphascope-run"),
    version: oneOf(1),
    recording,
    trace: traceSchema(most.tensors),
    case: v.optional(anything),
  }),
  check(({ recording, trace }, report) => {
    const steps = trace.step.length;
    if (steps === 0) return report(refusal(trace.step, `a list of 1 to ${limits.steps}`), "trace", "step");
    const wrong = trace.step.findIndex((step, i) => step !== i + 1);
    if (wrong >= 0)
      return report(refusal(trace.step[wrong], `${wrong + 1}: steps count from 1`), "trace", "step", wrong);
    for (const kind of ["directionNorms", "gradNorms"] as const) {
      const lists = trace[kind];
      const allowed = `as many lists as recording.tensors, ${recording.tensors.length}`;
      if (lists.length !== recording.tensors.length) return report(refusal(lists, allowed), "trace", kind);
    }
  }),
);

/** A recorded run and its settings as a recipe: the values of step 1, and the defaults for all that the file does not have. */
export interface RecordedRun {
  readonly recipe: Recipe;
  readonly recording: Recording;
}

/** @throws InputError that names the first fault */
export function parseRecording(input: unknown): RecordedRun {
  const { recording, trace } = parse(recordingFile, "run file", input);
  const { name, optimiser, device } = recording;
  // `object` leaves out undefined fields, which its type does not say.
  const settings = recording.settings as RecordedSettings;
  const rows = recording.rows ?? Number.POSITIVE_INFINITY;
  const groups = groupsOf(recording.tensors.map((one) => one.name));
  const tensors = [...groups].map(([key, [first = 0, ...more]]) =>
    more.length === 0 ? unplaced(key, recording.tensors[first]?.shape ?? []) : unplaced(key, []),
  );
  return {
    recipe: { ...defaultRecipe, ...settings, rows },
    recording: {
      name,
      optimiser,
      device,
      settings,
      tensors,
      columns: columnsOf(trace, [...groups.values()], rows),
    },
  };
}
