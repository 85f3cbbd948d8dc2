import { expect, it } from "vitest";
import { controls } from "../../../src/core/recipe/controls";
import { linkOf, parseLink } from "../../../src/core/recipe/link";
import { settingsAt } from "../../../src/core/recipe/recipe";
import { rateAt, type Schedule } from "../../../src/core/schedule/schedule";
import { until } from "../support/fakes";
import { examples } from "../support/schedules";
import { loaded, small, state, trace } from "../support/sessions";

const schedule: Schedule = { key: "lr", shape: "cosine", lr: 0.02, end: 1e-4, length: 60 };

/** The learning rates of steps 1 to n with the schedule in force from step `first` on. */
const planned = (first: number, n: number) =>
  Array.from({ length: n }, (_, i) => (i + 1 < first ? controls.lr.default : rateAt(schedule, i + 1 - first)));

it("Session.set of a schedule takes effect at the next step during play, plays on, and is one change for undo", async () => {
  const session = await loaded();
  session.play();
  await until(session.store, ({ step }) => step > 20);
  await session.set({ schedule });
  const { recipe } = state(session);
  expect(recipe.edits).toEqual([{ step: expect.any(Number), schedule }]);
  const first = recipe.edits[0]?.step ?? 0;
  await until(session.store, ({ step, phase }) => step > first + 80 && phase === "playing");
  session.pause();
  await session.advance(0);
  const { stepTaken, lr } = { ...trace(session), lr: session.history().values("lr", 1, state(session).step) };
  expect([...lr]).toEqual(planned(first, stepTaken.length));
  expect(stepTaken).toEqual([...lr]);

  await session.undo();
  expect(state(session)).toMatchObject({ step: first - 1, canUndo: false, canRedo: true });
  expect(state(session).recipe.edits).toEqual([]);
  await session.redo();
  expect(state(session).recipe).toEqual(recipe);
  await session.advance(30);
  expect(trace(session).stepTaken).toEqual(planned(first, first + 29));
});

it("Session.set of a schedule shows the learning rate in force at each step", async () => {
  const session = await loaded();
  await session.set({ schedule });
  expect(state(session).settings.lr).toBe(0.02);
  expect(state(session).recipe).toMatchObject({ lr: controls.lr.default, edits: [{ step: 1, schedule }] });
  for (const steps of [0, 1, 17, 40, 30]) {
    await session.advance(steps);
    const { recipe, settings, step } = state(session);
    expect(settings.lr).toBe(settingsAt(recipe, step + 1).lr);
  }
  expect(state(session).settings.lr).toBe(1e-4);
});

it("Session.set of a schedule keeps the previous branch when future steps exist, and ends when the learning rate is set", async () => {
  const session = await loaded();
  await session.advance(50);
  await session.seek(10);
  await session.set({ schedule });
  expect(state(session)).toMatchObject({ step: 10, measuredSteps: 10 });
  expect(session.comparedRuns.getState().comparedRuns).toHaveLength(1);
  await session.advance(20);
  await session.set({ lr: 0.5 });
  await session.advance(40);
  expect(trace(session).stepTaken.slice(30)).toEqual(Array(40).fill(0.5));
  await session.undo();
  expect(state(session).recipe.edits).toEqual([{ step: 11, schedule }]);
});

it("Session.set of a schedule records no change for undo when the schedule begins at the same step", async () => {
  const session = await loaded();
  await session.set({ schedule });
  await session.undo();
  await session.set({ schedule });
  await session.set({ schedule: { ...schedule } });
  await session.undo();
  expect(state(session)).toMatchObject({ canUndo: false, recipe: { edits: [] } });
});

it("Session.set joins a schedule and a learning rate that wait for the same step: the later one counts", async () => {
  const session = await loaded();
  await session.advance(5);
  await Promise.all([session.set({ lr: 0.5 }), session.set({ beta1: 0.5, schedule })]);
  expect(state(session).recipe.edits).toEqual([{ step: 6, beta1: 0.5, schedule }]);
  expect(state(session).settings.lr).toBe(0.02);
  await Promise.all([session.set({ schedule: { ...schedule, lr: 0.3 } }), session.set({ lr: 0.7 })]);
  expect(state(session).recipe.edits).toEqual([{ step: 6, lr: 0.7, beta1: 0.5 }]);
});

it("Session.set of the schedule null ends the schedule, and the learning rate stays at its value", async () => {
  const session = await loaded();
  await session.set({ schedule });
  await session.advance(10);
  await session.set({ schedule: null });
  await session.advance(10);
  expect(trace(session).stepTaken).toEqual([...planned(1, 10), ...Array(10).fill(rateAt(schedule, 10))]);
});

it.each([
  [
    { schedule: { shape: "cosine", lr: 0.1, end: 0 } },
    "schedule.length: found nothing; allowed: whole numbers from 1 to 1000000",
  ],
  [
    { schedule: { shape: "spiral", length: 5 } },
    'schedule.shape: found "spiral"; allowed: warmUp, cosine, warmUpCosine, linear, wsd, oneCycle, cyclic, steps, drawn',
  ],
  [{ schedule: 5 }, "schedule: found 5; allowed: {shape, …}"],
  [{ schedule, lr: 0.5 }, "lr: found 0.5 beside a schedule of lr; allowed: one of them"],
])("Session.set rejects %j and leaves the run unchanged", async (settings, message) => {
  const session = await loaded();
  await expect(session.set(settings)).rejects.toThrow(message);
  expect(state(session).recipe.edits).toEqual([]);
});

it("Session.restart keeps a schedule at step 0 and folds it later, and Session.startOver always folds it", async () => {
  const session = await loaded({ ...small, edits: [{ step: 1, schedule }] });
  await session.restart({ optimiser: "sgd" });
  expect(state(session).recipe.edits).toEqual([{ step: 1, schedule }]);
  await session.advance(20);
  await session.reset();
  expect(state(session).recipe.edits).toEqual([{ step: 1, schedule }]);
  await session.advance(20);
  await session.restart({ optimiser: "adam" });
  expect(state(session).recipe).toMatchObject({ lr: rateAt(schedule, 20), edits: [] });
  await session.set({ schedule });
  await session.startOver();
  expect(state(session).recipe).toMatchObject({ lr: 0.02, edits: [] });
});

/** A run with schedules of every shape, ended by each other, by an edit of lr, and crossed by edits of other settings. */
const edits = [
  ...examples.map((one, i) => ({ step: 3 + 30 * i, schedule: one })),
  { step: 40, beta1: 0.5 },
  { step: 50, lr: 0.03 },
  { step: 70, rule: "alphaStar" as const, sigma: 0.1 },
  { step: 80, rule: "lr" as const },
].sort((a, b) => a.step - b.step);

it("a run with schedules has the same trace when it is opened from its link, its run file or JSON, and after seeks and resets", async () => {
  const session = await loaded({ ...small, edits });
  await session.advance(170);
  const whole = trace(session);
  const { recipe } = state(session);
  expect([...session.history().values("lr", 1, 170)]).toEqual(
    Array.from({ length: 170 }, (_, i) => settingsAt(recipe, i + 1).lr),
  );

  const file = JSON.parse(JSON.stringify(session.runFile()));
  expect(file.case.changes["60"]).toBeUndefined();
  for (let step = 1, lr = file.case.start.lr; step <= 170; step++) {
    lr = file.case.changes[step]?.lr ?? lr;
    expect(lr, `the case at step ${step}`).toBe(settingsAt(recipe, step).lr);
  }
  const opened = await loaded();
  for (const input of [file, parseLink(linkOf(recipe)).recipe, JSON.parse(JSON.stringify(recipe))]) {
    await opened.load(input);
    expect(state(opened).recipe).toEqual(recipe);
    await opened.advance(170);
    expect(trace(opened)).toEqual(whole);
  }

  await opened.seek(61);
  await opened.advance(109);
  expect(trace(opened)).toEqual(whole);
  await opened.reset();
  await opened.advance(13);
  await opened.seek(170);
  expect(trace(opened)).toEqual(whole);
});
