import { beforeAll, beforeEach, expect, it } from "vitest";
import { newSession, until } from "../../support/fakes";
import { recordingFile } from "../../support/recordings";

const steps = 7;
let file: Awaited<ReturnType<typeof recordingFile>>;
beforeAll(async () => {
  file = await recordingFile(steps);
});

let session: ReturnType<typeof newSession>["session"];
beforeEach(async () => {
  ({ session } = newSession());
  await session.ready;
  await session.load(file);
});

it("a recorded run opens paused at step 0 and has every recorded step after advance", async () => {
  expect(session.store.getState()).toMatchObject({ phase: "paused", step: 0, file: "recorded run “a convnet”" });
  await session.advance(steps);
  const history = session.history();
  expect(Array.from(history.values("loss", 1, steps))).toEqual(file.trace.loss);
  expect(history.tensors.map(({ name }) => name)).toEqual(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]);
  expect(history.norm("directionNorms", 2, 5)).toBe(file.trace.directionNorms[2]?.[4]);
  const { step, epoch, settings, recording } = session.store.getState();
  expect([step, epoch, settings.lr, settings.batchSize]).toEqual([7, 2.4, 0.02, 4]);
  expect(recording?.optimiser).toBe("AdamW");
});

it("a recorded run goes back, forward and to step 0 with the same numbers", async () => {
  await session.seek(6);
  await session.stepBack();
  expect([session.store.getState().step, session.store.getState().measuredSteps]).toEqual([5, 6]);
  expect(session.store.getState().settings.batchSize).toBe(4);
  await session.advance(2);
  expect(Array.from(session.history().values("slope", 1, steps))).toEqual(file.trace.slope);
  await session.reset();
  expect(session.store.getState()).toMatchObject({ step: 0, measuredSteps: steps, epoch: 0 });
});

it("a recorded run ends at its last step", async () => {
  const end = "This recorded run has measurements and no network: it ends at step 7.";
  await expect(session.seek(steps + 1)).rejects.toThrow(end);
  await session.seek(steps);
  await expect(session.advance(1)).rejects.toThrow(end);
  session.play();
  const { phase, notices } = session.store.getState();
  expect([phase, notices.at(-1)?.text]).toEqual(["paused", end]);
});

it("Session.stopWhen pauses play of a recorded run at the first step that meets the condition", async () => {
  const above = Math.min(...file.trace.loss.slice(1, 5));
  const step = 1 + file.trace.loss.findIndex((loss) => loss > above);
  await session.stopWhen({ when: "loss", above });
  session.setSpeed(Number.POSITIVE_INFINITY);
  session.play();
  await until(session.store, ({ phase }) => phase === "paused");
  expect(session.store.getState().step).toBe(step);
});

it("a recorded run refuses commands that need the network, and stays open", async () => {
  await session.seek(3);
  const refused = /^This recorded run has measurements and no network: /;
  await expect(session.set({ lr: 0.1 })).rejects.toThrow(refused);
  await expect(session.inspect(2)).rejects.toThrow(refused);
  expect(() => session.runFile()).toThrow(refused);
  expect(() => session.runSoFar()).toThrow(refused);
  expect(() => session.direction()).toThrow();
  const { phase, step, settings } = session.store.getState();
  expect([phase, step, settings.lr]).toEqual(["paused", 3, 0.02]);
});

it("another run replaces a recorded run, and trains from the default recipe", async () => {
  await session.seek(steps);
  await session.load({ lr: 0.005 });
  await session.advance(2);
  const { recording, step, file: name, settings } = session.store.getState();
  expect([recording, step, name, settings.lr]).toEqual([null, 2, null, 0.005]);
  expect(session.runFile().trace.loss).toHaveLength(2);
});

it("start over returns a recorded run to step 0", async () => {
  await session.seek(steps);
  await session.startOver();
  expect(session.store.getState()).toMatchObject({ step: 0, measuredSteps: 0, file: "recorded run “a convnet”" });
  await session.advance(1);
  expect(session.history().value("loss", 1)).toBe(file.trace.loss[0]);
});

it("a pinned recorded run stays on the charts beside a trained run and is not trained", async () => {
  await session.seek(steps);
  session.comparedRuns.getState().pin();
  await session.load({});
  const [pinned] = session.comparedRuns.getState().comparedRuns;
  expect(pinned?.history().length).toBe(steps);
  expect(() => session.comparedRuns.getState().setAlongside(pinned?.id ?? 0, true)).toThrow("it cannot be trained");
});

it("a run that was open before a faulty recording stays open", async () => {
  await session.load({});
  await session.advance(3);
  await expect(session.load({ ...file, trace: {} })).rejects.toThrow("trace.step");
  expect(session.store.getState()).toMatchObject({ recording: null, step: 3 });
});
