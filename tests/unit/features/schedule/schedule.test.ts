import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { settingsAt } from "../../../../src/core/recipe/recipe";
import { cornersText } from "../../../../src/features/schedule/corners";
import { type Draft, fieldsOf, inUnit, newDraft, readDraft } from "../../../../src/features/schedule/scheduleDraft";
import { scheduleSentence } from "../../../../src/features/schedule/scheduleSentence";
import { formShapes } from "../../../../src/features/schedule/scheduleShapes";
import type { RunState } from "../../../../src/session/state";
import { examples } from "../../support/schedules";

const run: Pick<RunState, "step" | "measuredSteps" | "goal" | "settings" | "recipe"> = {
  recipe: { ...defaultRecipe, lr: 0.02 },
  step: 0,
  measuredSteps: 0,
  goal: null,
  settings: settingsAt({ ...defaultRecipe, lr: 0.02 }, 1),
};
const draft = newDraft(run);
const schedule = ({ planned }: ReturnType<typeof readDraft>) => planned?.change.schedule;
const typed = (texts: Partial<Draft["texts"]>, more: Partial<Draft> = {}): Draft => ({
  ...draft,
  ...more,
  texts: { ...draft.texts, ...texts },
});

it("newDraft is a cosine from the current learning rate to a hundredth of it", () => {
  expect(schedule(readDraft(draft, 32))).toMatchObject({ shape: "cosine", lr: 0.02, end: 2e-4, length: 1000 });
  expect(newDraft({ ...run, settings: { ...run.settings, lr: 1e-8 } }).texts.end).toBe("1e-8");
});

it("newDraft ends at the goal of the run, else at its last measured step, else at the next round step", () => {
  const length = (more: Partial<typeof run>) => newDraft({ ...run, ...more }).texts.length;
  expect(length({ step: 237, measuredSteps: 237 })).toBe("763");
  expect(length({ step: 900, measuredSteps: 900 })).toBe("1100");
  expect(length({ step: 100, measuredSteps: 500 })).toBe("400");
  expect(length({ step: 100, measuredSteps: 100, goal: { from: 0, to: 180 } })).toBe("80");
  expect(length({ step: 999_999, measuredSteps: 999_999 })).toBe("1");
});

it("readDraft accepts the default texts for every shape except drawn", () => {
  for (const shape of formShapes) {
    expect(readDraft(typed({}, { shape }), 32).planned === null, shape).toBe(shape === "drawn");
  }
});

it("readDraft reports an error for each invalid field that the shape uses", () => {
  const wrong = typed({ lr: "fast", end: "-1", length: "2.5", factor: "0" });
  expect(readDraft(wrong, 32)).toEqual({
    planned: null,
    errors: {
      lr: "“fast” is not a number.",
      end: "Learning rate must be from 0 to 100.",
      length: "A length must be a whole number.",
    },
  });
  expect(readDraft(typed({ low: "?", factor: "?" }), 32).errors).toEqual({});
  expect(fieldsOf(typed({}, { shape: "constant" }))).toEqual(["lr"]);
});

it("readDraft reports a warm-up and a decay that are longer than the schedule", () => {
  const errors = (shape: Draft["shape"], warmUp: string, decay: string) =>
    readDraft(typed({ length: "100", warmUp, decay }, { shape }), 32).errors;
  expect(errors("wsd", "100", "1")).toEqual({ warmUp: "The warm-up must be shorter than the whole schedule." });
  expect(errors("oneCycle", "100", "1")).toEqual({ warmUp: "The increase must be shorter than the whole schedule." });
  expect(errors("wsd", "40", "61")).toEqual({
    decay: "The warm-up and the decay must not be longer than the whole schedule.",
  });
  expect(errors("wsd", "40", "60")).toEqual({});
  expect(errors("cosine", "100", "100")).toEqual({});
});

it("inUnit converts lengths between steps and epochs", () => {
  const epochs = inUnit(typed({ length: "320", warmUp: "16" }), "epochs", 32);
  expect(epochs.texts).toMatchObject({ length: "10", warmUp: "0.5" });
  expect(schedule(readDraft({ ...epochs, shape: "warmUpCosine" }, 32))).toMatchObject({ length: 320, warmUp: 16 });
  expect(inUnit(epochs, "steps", 32).texts).toMatchObject({ length: "320", warmUp: "16" });
  expect(inUnit(epochs, "epochs", 32)).toBe(epochs);
});

it("readDraft reads the corners that cornersText writes, and reports invalid corners", () => {
  const corners = [
    { at: 0, value: 0.001 },
    { at: 0.125, value: 0.0512 },
    { at: 1, value: 1e-5 },
  ];
  const text = "0% 0.001, 12.5% 0.0512, 100% 1e-5";
  expect(cornersText(corners)).toBe(text);
  const read = (corners: string) => readDraft(typed({ corners }, { shape: "drawn" }), 32);
  expect(schedule(read(text))).toMatchObject({ corners });
  expect(schedule(read("50% 1; 20%\t.5,"))).toMatchObject({
    corners: [
      { at: 0.2, value: 0.5 },
      { at: 0.5, value: 1 },
    ],
  });
  for (const invalid of ["120% 1", "5 0.1", "5% 0", "5% much", "", "1% 1,".repeat(300)]) {
    expect(read(invalid).errors.corners, invalid).toBeTruthy();
  }
});

it("newDraft shows the schedule in force at the next step, and readDraft reads it back", () => {
  for (const schedule of examples) {
    const recipe = { ...defaultRecipe, edits: [{ step: 11, schedule }] };
    const now = { ...run, recipe, step: 10, settings: settingsAt(recipe, 11) };
    expect(readDraft(newDraft(now), 32).planned?.change).toEqual({ schedule });
    expect(newDraft({ ...now, step: 9 }).shape).toBe("cosine");
  }
});

it("readDraft gives a constant learning rate as a change that ends the schedule in force", () => {
  expect(readDraft(typed({ lr: "0.5" }, { shape: "constant" }), 32).planned?.change).toEqual({
    lr: 0.5,
    schedule: null,
  });
});

it("readDraft accepts 0 at the end of a decay, and reports a factor that exceeds the largest learning rate", () => {
  expect(schedule(readDraft(typed({ end: "0" }), 32))).toMatchObject({ end: 0 });
  const growing = typed({ factor: "10", every: "1", length: "9" }, { shape: "steps" });
  expect(readDraft(growing, 32)).toEqual({
    planned: null,
    errors: { factor: "factor: found 10; allowed: factors with which the learning rate stays at most 100" },
  });
});

it("scheduleSentence gives the ends and the length of a schedule, and the effect of a later change", () => {
  const { planned } = readDraft(draft, 32);
  expect(planned && scheduleSentence(planned)).toBe(
    "The schedule is one change from the next step on: 0.02 to 0.0002 over 1000 steps, exact at every step, then constant. A later change of the learning rate ends the schedule.",
  );
  const both = readDraft(typed({ low: "0", end: "0", lr: "0.1" }, { shape: "warmUpCosine" }), 32).planned;
  expect(both && scheduleSentence(both)).toContain("from the next step on: 0 to 0.1 to 0 over 1000 steps");
  const cycles = readDraft(typed({ low: "0.001", lr: "0.1", factor: "1" }, { shape: "cyclic" }), 32).planned;
  expect(cycles && scheduleSentence(cycles)).toContain("0.001 to 0.1 to 0.001 over 1000 steps");
  const constant = readDraft(typed({}, { shape: "constant" }), 32).planned;
  expect(constant && scheduleSentence(constant)).toBe("The learning rate is constant from the next step on.");
});
