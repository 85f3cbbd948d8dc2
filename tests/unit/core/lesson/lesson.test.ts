import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it, test } from "vitest";
import { shippedSets } from "../../../../src/core/data/shipped";
import lecture from "../../../../src/core/lesson/lecture.json";
import type { Lesson } from "../../../../src/core/lesson/lesson";
import { lessonLimits } from "../../../../src/core/lesson/lessonFormat";
import { lessonText } from "../../../../src/core/lesson/lessonText";
import { parseLesson } from "../../../../src/core/lesson/parseLesson";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { inputErrorOf } from "../../support/inputError";

const folder = resolve(import.meta.dirname, "../../../../src/core/lesson");
const head = { format: "alphascope-lesson", version: 1, title: "Mine" };
const scene = { title: "One", text: "A run. It runs." };
const withScene = (fields: object) => ({ ...head, scenes: [{ ...scene, ...fields }] });

function lessonIn(input: unknown): Lesson {
  return parseLesson(input);
}

function faultIn(input: unknown): string {
  return inputErrorOf(() => parseLesson(input)) ?? "no fault";
}

it("parseLesson fills in defaults when a scene has a title and a text only", () => {
  expect(lessonIn({ ...head, scenes: [scene] })).toEqual({
    title: "Mine",
    csv: null,
    scenes: [
      {
        ...scene,
        part: null,
        question: "",
        recipe: defaultRecipe,
        view: { chart: null, span: "run", present: false, panel: null },
        beside: [],
        control: null,
        experiment: null,
        stopWhen: null,
        play: { at: 0, to: null, speed: 60, paused: false },
      },
    ],
  });
});

it("parseLesson reads the condition of a scene, lessonText writes it, and a fault names its field", () => {
  const lesson = lessonIn(withScene({ stopWhen: { when: "ratio", above: 2 } }));
  expect(lesson.scenes[0]?.stopWhen).toEqual({ when: "ratio", above: 2 });
  expect(lessonIn(JSON.parse(lessonText(lesson)))).toEqual(lesson);
  expect(faultIn(withScene({ stopWhen: { when: "ratio", over: 2 } }))).toContain(
    'scenes[0].stopWhen: found {when: "ratio", over: 2}; allowed: {when: "ratio" or "loss", above or below: a number}',
  );
});

it.each([{ range: { from: 1e-5, factor: 1.05 } }, { sweep: "lr:0.001..0.1:5;seeds:8;steps:500" }])(
  "parseLesson reads the experiment %j of a scene, and lessonText writes it",
  (experiment) => {
    const lesson = lessonIn(withScene({ experiment }));
    expect(lesson.scenes[0]?.experiment).toEqual(experiment);
    expect(lessonIn(JSON.parse(lessonText(lesson)))).toEqual(lesson);
  },
);

it("parseLesson completes a run beside with the settings of the scene's recipe", () => {
  const { scenes } = lessonIn(withScene({ recipe: { seed: 3, lr: 0.1 }, beside: [{ lr: 0.2 }, {}] }));
  expect(scenes[0]?.beside).toEqual([
    { ...defaultRecipe, seed: 3, lr: 0.2 },
    { ...defaultRecipe, seed: 3, lr: 0.1 },
  ]);
});

test.each(["cars", "penguins", "digits"] as const)(
  "parseLesson gives runs on %s the shape of the dataset, alone and beside",
  (dataset) => {
    const { loss: _, file: __, ...shape } = shippedSets[dataset];
    const own = lessonIn(
      withScene({ recipe: { dataset, hidden: [4] }, beside: [{ lr: 0.1 }, { dataset: "teacher" }] }),
    );
    const [scene] = own.scenes;
    expect(scene?.recipe).toEqual({ ...defaultRecipe, dataset, ...shape, hidden: [4] });
    expect(scene?.beside[0]).toEqual({ ...scene?.recipe, lr: 0.1 });
    expect(scene?.beside[1]).toEqual({ ...defaultRecipe, dataset: "teacher", hidden: [4] });
    for (const from of ["noise", "csv", "cars"]) {
      const beside = lessonIn(withScene({ recipe: { dataset: from }, beside: [{ dataset }] })).scenes[0]?.beside;
      expect(beside).toEqual([{ ...defaultRecipe, dataset, ...shape }]);
    }
    expect(lessonIn(JSON.parse(lessonText(own)))).toEqual(own);
  },
);

test.each([
  [null, "lesson: found null; allowed: an object"],
  [[], "lesson: found []; allowed: an object"],
  [
    { ...head, format: "alphascope-run", scenes: [scene] },
    /^format: found "alphascope-run"; allowed: alphascope-lesson/,
  ],
  [{ ...head, version: 2, scenes: [scene] }, "version: found 2; allowed: 1"],
  [{ ...head, scenes: [] }, "scenes: found []; allowed: a list of 1 to 100"],
  [{ ...head, scenes: [scene, 7] }, "scenes[1]: found 7; allowed: an object"],
  [{ ...head, author: "me", scenes: [scene] }, /^lesson: found "author"; allowed: format, version, title, csv, scenes/],
  [{ ...head, csv: "a.csv", scenes: [scene] }, /^csv: found "a.csv"; allowed: an object/],
  [{ ...head, csv: { file: "a.csv" }, scenes: [scene] }, /^csv\.target: found/],
  [{ ...head, csv: { file: "", target: "y" }, scenes: [scene] }, /^csv\.file: found ""; allowed: a text of 1 to 80/],
  [{ ...head, csv: { file: "a\u202ecsv", target: "y" }, scenes: [scene] }, /^csv\.file: found .+ on one line/],
  [
    { ...head, csv: { file: "a.csv", target: "y", as: "text" }, scenes: [scene] },
    /^csv\.as: found "text"; allowed: number/,
  ],
  [{ ...head, csv: { name: "a.csv" }, scenes: [scene] }, 'csv: found "name"; allowed: file, target, as'],
  [
    { ...head, csv: { file: "a.csv", target: "y" }, scenes: [scene] },
    'csv: found "a.csv" without a scene on it; allowed: with a scene of "dataset": "csv"',
  ],
  [withScene({ txt: "" }), /^scenes\[0\]: found "txt"; allowed: title, text/],
  [withScene({ title: "" }), /^scenes\[0\]\.title: found ""; allowed: a text of 1 to 60 characters on one line/],
  [withScene({ text: "x".repeat(lessonLimits.text + 1) }), /^scenes\[0\]\.text: found 401 characters; allowed/],
  [withScene({ text: "one\ntwo" }), /^scenes\[0\]\.text: found "one\\ntwo"/],
  [withScene({ text: "\u202egnp.exe" }), /^scenes\[0\]\.text: found/],
  [withScene({ question: 3 }), /^scenes\[0\]\.question: found 3/],
  [withScene({ recipe: { lr: -1 } }), /^scenes\[0\]\.recipe\.lr: found -1; allowed: numbers from/],
  [withScene({ recipe: { rate: 1 } }), /^scenes\[0\]\.recipe\.rate: unknown/],
  [
    withScene({ recipe: { hidden: [1024, 1024, 1024, 1024, 1024] } }),
    /^scenes\[0\]\.recipe\.hidden: .+; allowed: at most 4000000$/,
  ],
  [withScene({ recipe: [] }), "scenes[0].recipe: found []; allowed: an object"],
  [withScene({ beside: [{}, { batchSize: 0.5 }] }), /^scenes\[0\]\.beside\[1\]\.batchSize: found 0.5/],
  [withScene({ beside: [{}, {}, {}, {}, {}] }), /^scenes\[0\]\.beside: found .*; allowed: a list of 0 to 4/],
  [withScene({ experiment: "sweep" }), 'scenes[0].experiment: found "sweep"; allowed: an object'],
  [withScene({ experiment: {} }), "scenes[0].experiment: found an object; allowed: range or sweep"],
  [withScene({ experiment: { grid: 1 } }), 'scenes[0].experiment: found "grid"; allowed: range, sweep'],
  [
    withScene({ experiment: { range: { from: 1e-5, factor: 1.1 }, sweep: "seeds:2" } }),
    /^scenes\[0\]\.experiment: found .*; allowed: range or sweep$/,
  ],
  [
    withScene({ experiment: { range: { from: 1e-5, factor: 1 } } }),
    "scenes[0].experiment.range.factor: found 1; allowed: numbers from 1.005 to 10",
  ],
  [withScene({ experiment: { range: { from: 1e-5 } } }), /^scenes\[0\]\.experiment\.range\.factor: found nothing;/],
  [
    withScene({ experiment: { sweep: "seeds:0" } }),
    "scenes[0].experiment.sweep: seeds: found 0; allowed: whole numbers from 1 to 100",
  ],
  [
    withScene({ experiment: { sweep: "x".repeat(lessonLimits.sweep + 1) } }),
    /^scenes\[0\]\.experiment\.sweep: found .*; allowed: a text of at most 400 characters$/,
  ],
  [withScene({ control: "rate" }), /^scenes\[0\]\.control: found "rate"; allowed: optimiser, lr, beta1/],
  [withScene({ view: { chart: "pie" } }), /^scenes\[0\]\.view\.chart: found "pie"; allowed: slice, alpha/],
  [withScene({ view: { span: 5 } }), /^scenes\[0\]\.view\.span: found 5; allowed: run, or a whole number from 10/],
  [withScene({ view: { present: "yes" } }), /^scenes\[0\]\.view\.present: found "yes"; allowed: true, false/],
  [withScene({ view: { panel: "net" } }), /^scenes\[0\]\.view\.panel: found "net"; allowed: lateDirection/],
  [withScene({ play: { at: 30_000 } }), /^scenes\[0\]\.play\.at: found 30000; allowed: a whole number from 0 to 20000/],
  [withScene({ play: { at: 5, to: 5 } }), /^scenes\[0\]\.play\.to: found 5; allowed: a whole number from 6/],
  [withScene({ play: { speed: 0 } }), /^scenes\[0\]\.play\.speed: found 0; allowed: max, or a whole number from 1/],
  [withScene({ play: { paused: 1 } }), /^scenes\[0\]\.play\.paused: found 1; allowed: true, false/],
] as const)("parseLesson names the faulty field in %j", (input, fault) => {
  expect(faultIn(input)).toMatch(fault);
});

it("parseLesson gives the error message and reads the edits that the README of lessons shows", () => {
  const readme = readFileSync(resolve(folder, "README.md"), "utf8");
  const message = /`lesson\.json: (scenes\[1\]\.view\.chart: .*?)`/.exec(readme.replaceAll(/\s+/g, " "))?.[1];
  expect(faultIn({ ...head, scenes: [scene, { ...scene, view: { chart: "pie" } }] })).toBe(message);
  const edits = JSON.parse(/`edits` is a list: `(.*?)`/.exec(readme)?.[1] ?? "null");
  expect(lessonIn(withScene({ recipe: { edits } })).scenes[0]?.recipe.edits).toEqual(edits);
});

it("parseLesson reads the example lesson, whose CSV has its target column", () => {
  const { csv, scenes } = lessonIn(JSON.parse(readFileSync(resolve(folder, "example/lesson.json"), "utf8")));
  const [names] = readFileSync(resolve(folder, `example/${csv?.file}`), "utf8").split("\n");
  expect(names?.split(",")).toContain(csv?.target);
  expect(scenes).toHaveLength(3);
});

it("parseLesson keeps markup and symbols as text", () => {
  const text = "<b>lr/α*</b> > 2 & ρ ≈ 1.";
  expect(lessonIn(withScene({ text })).scenes[0]?.text).toBe(text);
});

it("parseLesson throws an InputError for an object whose getter throws", () => {
  const trap = {
    get format() {
      throw new Error("no");
    },
  };
  expect(faultIn(trap)).toMatch(/^lesson: found/);
});

it("lessonText writes a file that parseLesson reads back", () => {
  const own = lessonIn(lecture);
  expect(lessonIn(JSON.parse(lessonText(own)))).toEqual(own);
  const fast = lessonIn(
    withScene({ beside: [{}], play: { at: 3, speed: "max", paused: true }, view: { present: true } }),
  );
  expect(lessonIn(JSON.parse(lessonText(fast)))).toEqual(fast);
});
