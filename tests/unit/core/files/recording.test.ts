import { beforeAll, expect, it } from "vitest";
import { parseRecording } from "../../../../src/core/files/parseRecording";
import { groupsOf } from "../../../../src/core/files/recording";
import { recordingFile } from "../../support/recordings";

let file: Awaited<ReturnType<typeof recordingFile>>;
beforeAll(async () => {
  file = await recordingFile(7);
});

it("parseRecording gives the columns of the trace, lr, and epochs by the number of rows", () => {
  const { recipe, recording } = parseRecording(JSON.parse(JSON.stringify(file)));
  const { columns, tensors } = recording;
  expect([columns.first, columns.count]).toEqual([1, 7]);
  expect(Array.from(columns.metrics.alphaStar)).toEqual(file.trace.alphaStar.map((value) => value ?? Number.NaN));
  expect(Array.from(columns.metrics.lr)).toEqual(file.trace.stepTaken);
  expect(Array.from(columns.metrics.epoch)).toEqual([0, 0, 0, 1, 1, 1, 2]);
  expect(Array.from(columns.metrics.batchIndex)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  expect(tensors.map(({ name }) => name)).toEqual(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]);
  expect(columns.directionNorms[4 * 6 + 2]).toBe(file.trace.directionNorms[2]?.[6]);
  expect(recipe).toMatchObject({ optimiser: "adamw", lr: 0.02, batchSize: 4, rows: 10 });
});

it("parseRecording reads a file without settings and without the number of rows", () => {
  const { recipe, recording } = parseRecording({ ...file, recording: { ...file.recording, rows: null, settings: {} } });
  expect(recipe.rows).toBe(Number.POSITIVE_INFINITY);
  expect(recording.settings).toEqual({});
  expect(new Set(recording.columns.metrics.epoch)).toEqual(new Set([0]));
});

it("parseRecording joins the norms of many tensors by modules, as roots of sums of squares", () => {
  const names = Array.from({ length: 20 }, (_, i) => `block.${i % 2}.part${i}`);
  const tensors = names.map((name) => ({ name, shape: [2] }));
  const norms = names.map((_, i) => file.trace.step.map(() => i));
  const { recording } = parseRecording({
    ...file,
    recording: { ...file.recording, tensors },
    trace: { ...file.trace, directionNorms: norms, gradNorms: norms },
  });
  expect(recording.tensors.map(({ name }) => name)).toEqual(["block.0", "block.1"]);
  const even = Math.hypot(...Array.from({ length: 10 }, (_, i) => 2 * i));
  expect(recording.columns.directionNorms[0]).toBeCloseTo(even, 9);
});

it("groupsOf keeps up to 14 tensors, and gives parts of the list where every depth of the names has more modules", () => {
  const few = Array.from({ length: 14 }, (_, i) => `layer${i}.weight`);
  expect([...groupsOf(few).keys()]).toEqual(few);
  const many = Array.from({ length: 30 }, (_, i) => `${i}.weight`);
  const groups = [...groupsOf(many)];
  expect(groups).toHaveLength(10);
  expect(groups[0]).toEqual(["0.weight +2", [0, 1, 2]]);
  expect(groups.flatMap(([, tensors]) => tensors)).toEqual(many.map((_, i) => i));
});

const cases: readonly (readonly [fault: string, change: (valid: typeof file) => unknown, message: string])[] = [
  [
    "no name",
    (f) => ({ ...f, recording: { ...f.recording, name: "" } }),
    "recording.name: found a text of 0 characters",
  ],
  ["no tensors", (f) => ({ ...f, recording: { ...f.recording, tensors: [] } }), "recording.tensors: found []; allowed"],
  [
    "an unknown optimiser",
    (f) => ({ ...f, recording: { ...f.recording, settings: { optimiser: "adagrad" } } }),
    'recording.settings.optimiser: found "adagrad"; allowed: adam',
  ],
  [
    "a negative lr",
    (f) => ({ ...f, recording: { ...f.recording, settings: { lr: -1 } } }),
    "recording.settings.lr: found -1; allowed",
  ],
  ["no rows of data", (f) => ({ ...f, recording: { ...f.recording, rows: 0 } }), "recording.rows: found 0; allowed"],
  ["no steps", (f) => ({ ...f, trace: undefined }), "trace.step: found []; allowed: a list of 1 to 1000000"],
  [
    "steps from 0",
    (f) => ({ ...f, trace: { ...f.trace, step: f.trace.step.map((step) => step - 1) } }),
    "trace.step[0]: found 0; allowed: 1: steps count from 1",
  ],
  [
    "a shorter column",
    (f) => ({ ...f, trace: { ...f.trace, loss: [1] } }),
    "trace.loss: found [1]; allowed: as many entries as trace.step, 7",
  ],
  [
    "norms of other tensors",
    (f) => ({ ...f, trace: { ...f.trace, gradNorms: [] } }),
    "trace.gradNorms: found []; allowed: as many lists as recording.tensors, 4",
  ],
  [
    "an unknown verdict",
    (f) => ({ ...f, trace: { ...f.trace, verdict: f.trace.verdict.map(() => "great") } }),
    'trace.verdict[0]: found "great"; allowed: minimum',
  ],
];
it.each(cases)("parseRecording refuses a file with %s", (_, change, message) => {
  expect(() => parseRecording(change(file))).toThrow(message);
});
