import { expect, it, onTestFinished, test, vi } from "vitest";
import { chartBesides } from "../../../../src/session/lesson/lesson";
import type { LessonPlace } from "../../../../src/session/lesson/lessonPlace";
import { fakePlace, newSession, until } from "../../support/fakes";

const head = { format: "alphascope-lesson", version: 1, title: "Mine" };
const small = { rows: 30, hidden: [2] };
const lesson = {
  ...head,
  scenes: [
    { title: "One", text: "A run.", recipe: { ...small, lr: 0.1 }, play: { paused: true }, view: { chart: "loss" } },
    {
      title: "Two",
      text: "Two runs.",
      recipe: small,
      beside: [{ lr: 0.5 }],
      view: { span: 100, present: true },
      play: { at: 7, to: 19, speed: "max" },
    },
    { title: "Three", text: "Slow.", recipe: { ...small, seed: 4 }, play: { to: 6, speed: 1000 } },
  ],
};

/** A session with a store for its lesson; `search` is the view of its address. */
async function teaching(options: { search?: string; place?: LessonPlace } = {}) {
  const place = options.place ?? fakePlace();
  const { session } = newSession({
    lessonPlace: place,
    ...(options.search !== undefined && { search: options.search }),
  });
  await session.ready;
  return { session, place: place as ReturnType<typeof fakePlace>, state: () => session.lesson.getState() };
}

it("createLessons begins each scene with its run, compared runs, view and play", async () => {
  const { session, place, state } = await teaching();
  state().open(lesson);
  await until(session.store, ({ recipe, phase }) => recipe.lr === 0.1 && phase === "paused");
  await vi.waitFor(() => expect(session.view.getState().presentedChart).toBe("loss"));
  expect(session.store.getState().step).toBe(0);
  expect(place.shown).toEqual({ source: "file", part: null, scene: 1 });

  state().next();
  expect(state()).toMatchObject({ at: 1, scene: { title: "Two" } });
  await until(session.store, ({ step, phase }) => step === 19 && phase === "paused");
  expect(session.view.getState()).toMatchObject({ presenting: true, span: 100, presentedChart: "loss" });
  const [comparedRun] = session.comparedRuns.getState().comparedRuns;
  expect(comparedRun).toMatchObject({ alongside: true, recipe: { lr: 0.5, rows: 30 } });
  await vi.waitFor(() => expect(comparedRun?.history().length).toBe(19));
  expect(place.shown).toEqual({ source: "file", part: null, scene: 2 });

  state().next();
  await until(session.store, ({ step, phase, recipe }) => recipe.seed === 4 && step === 6 && phase === "paused");
  expect(session.comparedRuns.getState().comparedRuns).toEqual([]);
  expect(session.store.getState().speed).toBe(1000);
  state().next(); // the lesson has no further scene
  expect(state().at).toBe(2);
  state().previous();
  await until(session.store, ({ step, phase }) => step === 19 && phase === "paused");
});

it("createLessons sets the stop condition of each scene, which pauses its play, and removes it in a scene without one", async () => {
  const { session, state } = await teaching();
  const [one, two] = lesson.scenes;
  const stopWhen = { when: "loss", above: 0 };
  state().open({ ...lesson, scenes: [{ ...two, stopWhen }, { ...one, stopWhen }, one] });
  // The steps before the scene is shown are not tested: the first step after them meets the condition.
  await until(session.store, ({ step, phase }) => step === 8 && phase === "paused");
  expect(session.store.getState().stopWhen).toBeNull();
  state().next();
  await until(session.store, (now) => now.stopWhen !== null);
  expect(session.store.getState().stopWhen).toEqual(stopWhen);
  state().next();
  await until(session.store, (now) => now.stopWhen === null);
});

it("createLessons keeps the chosen rows of the probes when a scene begins", async () => {
  const { session, state } = await teaching();
  const [one, two] = lesson.scenes;
  state().open({ ...lesson, scenes: [{ ...one, view: { chart: "edge" } }, two] });
  await vi.waitFor(() => expect(session.view.getState().presentedChart).toBe("edge"));
  expect(chartBesides(state())).toBe("edge");
  expect(session.probes.getState().on).toBe("batch");
  session.probes.getState().setRows("full");
  state().next();
  await vi.waitFor(() => expect(session.view.getState().presenting).toBe(true));
  expect(session.probes.getState().on).toBe("full");
});

it("createLessons begins only the last of several scenes requested in a row", async () => {
  const { session, state } = await teaching();
  state().open(lesson);
  await until(session.lesson, ({ scene }) => scene !== null);
  state().next();
  state().next();
  await until(session.store, ({ step, phase, recipe }) => recipe.seed === 4 && step === 6 && phase === "paused");
  expect(state().at).toBe(2);
  expect(session.view.getState().presenting).toBe(false);
  expect(session.comparedRuns.getState().comparedRuns).toEqual([]);
});

it("LessonState.open rejects a file that is no lesson, and changes nothing", async () => {
  const { session, state, place } = await teaching();
  await expect(state().open({ ...lesson, scenes: [] })).rejects.toThrow(/^scenes: found \[\]/);
  expect(state().lesson).toBeNull();
  expect(place.shown).toBeNull();
  expect(session.store.getState().recipe.lr).toBe(0.001);
});

it("LessonState.close keeps the run of the last scene", async () => {
  const { session, state, place } = await teaching();
  state().open(lesson);
  await until(session.store, ({ recipe }) => recipe.lr === 0.1);
  state().close();
  expect(state()).toMatchObject({ lesson: null, scene: null });
  expect([place.shown, place.kept]).toEqual([null, null]);
  expect(session.store.getState().recipe.lr).toBe(0.1);
});

test.each(["?scene=3", "?scene=3&paused"])(
  "createLessons returns to the scene of a lesson file after a reload with %s",
  async (search) => {
    const place = fakePlace();
    place.keep(lesson);
    const { session, state } = await teaching({ search, place });
    await until(session.store, ({ recipe }) => recipe.seed === 4);
    expect(state()).toMatchObject({ at: 2, lesson: { title: "Mine" } });
    if (search.includes("paused")) expect(session.store.getState()).toMatchObject({ step: 0, phase: "paused" });
    else await until(session.store, ({ step, phase }) => step === 6 && phase === "paused");
  },
);

it("createLessons opens the built-in lecture at a scene", async () => {
  const { session, state, place } = await teaching({ search: "?lesson&scene=5&paused" });
  await until(session.store, ({ recipe }) => recipe.activation === "tanh");
  expect(state().scene).toMatchObject({ title: "Momentum dominates the gradient", control: "beta1" });
  expect(place.shown).toEqual({ source: "", part: null, scene: 5 });
});

it("createLessons opens one part of the lecture, keeps it in the address, and counts scenes within it", async () => {
  const { session, state, place } = await teaching({ search: "?lesson&part=judge&scene=2&paused" });
  await until(session.store, ({ recipe }) => recipe.activation === "tanh");
  expect(state().scene).toMatchObject({ title: "Momentum dominates the gradient", part: "Judge" });
  expect(new Set(state().lesson?.scenes.map(({ part }) => part))).toEqual(new Set(["Judge"]));
  expect(place.shown).toEqual({ source: "", part: "judge", scene: 2 });
});

it("createLessons shows the whole lesson with a notice when ?part names no part", async () => {
  const { session, state, place } = await teaching({ search: "?lesson&part=dessert&paused" });
  await until(session.store, ({ notices }) => notices.length > 0);
  expect(session.store.getState().notices[0]?.text).toBe(
    '?part in the address: found "dessert"; allowed: Measure, Judge, Act',
  );
  await vi.waitFor(() => expect(state().scene).toMatchObject({ title: "The notebook" }));
  expect(place.shown).toEqual({ source: "", part: null, scene: 1 });
});

it("createLessons shows the last scene with a notice when ?scene is too large", async () => {
  const place = fakePlace();
  place.keep(lesson);
  const { session, state } = await teaching({ search: "?scene=9&paused", place });
  await until(session.store, ({ notices }) => notices.length > 0);
  expect(session.store.getState().notices[0]?.text).toBe("?scene in the address: found 9; allowed: 1 to 3");
  expect(state().at).toBe(2);
});

it("createLessons opens no lesson when the page is embedded", async () => {
  const { session, state } = await teaching({ search: "?lesson&embed&paused" });
  await session.advance(1);
  expect(state().lesson).toBeNull();
});

it("Session plays the run of the link when the lesson of the address cannot be read", async () => {
  vi.stubGlobal("location", { href: "https://example.com/" });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const { session, state } = await teaching({ search: "?lesson=https://example.org/x.json" });
  await until(session.store, ({ notices, phase }) => notices.length > 0 && phase === "playing");
  session.pause();
  expect(session.store.getState().notices[0]?.text).toMatch(/^Lesson https:\/\/example.org\/x.json: found an address/);
  expect(state().lesson).toBeNull();
});

it("LessonState.add inserts the run as the scene after the present scene", async () => {
  const { session, state, place } = await teaching();
  await session.load({ ...small, lr: 0.2 });
  session.comparedRuns.getState().pin();
  await session.set({ lr: 0.3 });
  session.view.getState().setPresentedChart("norms");
  await state().add();
  await session.load({ ...small, seed: 8 });
  await state().add();
  expect(state()).toMatchObject({ at: 1, lesson: { title: "My lesson" } });
  const [first, second] = state().lesson?.scenes ?? [];
  expect(first).toMatchObject({ recipe: { lr: 0.3 }, beside: [{ lr: 0.2 }], view: { chart: "norms" } });
  expect(second).toMatchObject({ recipe: { seed: 8 } });
  expect(place.shown).toEqual({ source: "file", part: null, scene: 2 });
  // The kept lesson is a file that can be opened.
  state().close();
  place.keep(null);
  await state().add();
  state().open(place.kept);
  expect(state().lesson?.scenes).toHaveLength(1);
});

it("LessonState.add adds the run of each call, also when the run changes before the first call has ended", async () => {
  const { session, state } = await teaching();
  await session.load({ ...small, lr: 0.2 });
  const first = state().add();
  await session.set({ lr: 0.3 });
  await Promise.all([first, state().add()]);
  expect(state().lesson?.scenes.map(({ recipe }) => recipe.lr)).toEqual([0.2, 0.3]);
});

it("LessonState.close offers to reopen a lesson with added scenes, also when another lesson replaces it", async () => {
  const { session, state, place } = await teaching();
  const offers = () => session.store.getState().notices.filter(({ action }) => action);
  await session.load({ ...small, lr: 0.2 });
  await state().add();
  await session.advance(7);
  state().close();
  expect(offers().map(({ text }) => text)).toEqual(["“My lesson” was closed. Its added scenes are not saved."]);
  offers()[0]?.action?.run();
  expect(state()).toMatchObject({ at: 0, scene: { recipe: { lr: 0.2 } }, lesson: { title: "My lesson" } });
  expect(session.store.getState()).toMatchObject({ step: 7, recipe: { lr: 0.2 } });
  expect(place).toMatchObject({ shown: { source: "file", scene: 1 }, kept: { title: "My lesson" } });
  for (const { id } of offers()) session.dismiss(id);
  await state().open(lesson);
  expect(offers()).toHaveLength(1);
  // A lesson without unsaved scenes is not offered.
  state().close();
  expect(offers()).toHaveLength(1);
});
