import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { settingsAt } from "../../../../src/core/recipe/recipe";
import { shapeNames } from "../../../../src/core/schedule/schedule";
import { cornersText } from "../../../../src/features/schedule/corners";
import { type Draft, fieldsOf, inUnit, newDraft, readDraft } from "../../../../src/features/schedule/scheduleDraft";
import { scheduleSentence } from "../../../../src/features/schedule/scheduleText";
import type { RunState } from "../../../../src/session/state";

const run: Pick<RunState, "step" | "measuredSteps" | "goal" | "settings"> = {
  step: 0,
  measuredSteps: 0,
  goal: null,
  settings: settingsAt({ ...defaultRecipe, lr: 0.02 }, 1),
};
const draft = newDraft(run);
const typed = (texts: Partial<Draft["texts"]>, more: Partial<Draft> = {}): Draft => ({
  ...draft,
  ...more,
  texts: { ...draft.texts, ...texts },
});

it("newDraft is a cosine from the current learning rate to a hundredth of it", () => {
  expect(readDraft(draft, 32).schedule).toMatchObject({ shape: "cosine", lr: 0.02, end: 2e-4, length: 1000 });
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
  for (const shape of shapeNames) {
    expect(readDraft(typed({}, { shape }), 32).schedule === null, shape).toBe(shape === "drawn");
  }
});

it("readDraft reports an error for each invalid field that the shape uses", () => {
  const wrong = typed({ lr: "fast", end: "-1", length: "2.5", factor: "0" });
  expect(readDraft(wrong, 32)).toEqual({
    schedule: null,
    errors: {
      lr: "“fast” is not a number.",
      end: "Learning rate must be from 1e-8 to 100.",
      length: "A length must be a whole number.",
    },
  });
  expect(readDraft(typed({ low: "?", factor: "?" }), 32).errors).toEqual({});
  expect(fieldsOf(typed({}, { shape: "constant" }))).toEqual(["lr"]);
});

it("inUnit converts lengths between steps and epochs", () => {
  const epochs = inUnit(typed({ length: "320", warmUp: "16" }), "epochs", 32);
  expect(epochs.texts).toMatchObject({ length: "10", warmUp: "0.5" });
  expect(readDraft(epochs, 32).schedule).toMatchObject({ length: 320, warmUp: 16 });
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
  expect(read(text).schedule?.corners).toEqual(corners);
  expect(read("50% 1; 20%\t.5,").schedule?.corners).toEqual([
    { at: 0.2, value: 0.5 },
    { at: 0.5, value: 1 },
  ]);
  for (const invalid of ["120% 1", "5 0.1", "5% 0", "5% much", "", "1% 1,".repeat(300)]) {
    expect(read(invalid).errors.corners, invalid).toBeTruthy();
  }
});

it("scheduleSentence gives the number of changes, their accuracy, and the effect of a later change", () => {
  const pieces = (n: number, ratio: number) => Array.from({ length: n }, (_, t) => ({ t, lr: ratio ** t }));
  expect(scheduleSentence(pieces(94, 0.95), 0.0352, false)).toBe(
    "The schedule becomes 94 changes of the learning rate from the next step, within 3.5% of the curve. Changing the learning rate cancels the schedule. Undo removes the whole schedule.",
  );
  expect(scheduleSentence(pieces(3, 0.1), 1e-4, true)).toBe(
    "The schedule becomes 2 changes of the learning rate from the next step, exact at every step. A later change of the learning rate lasts until the next of these changes. Undo removes all of them.",
  );
  expect(scheduleSentence(pieces(1, 1), 0, false)).toBe(
    "The schedule becomes 1 change of the learning rate from the next step, exact at every step.",
  );
  expect(scheduleSentence(pieces(1, 1), 0, true)).toMatch(/^No change: /);
});
