import { expect, it } from "vitest";
import type { EngineSpeed } from "../../../../src/session/run/measureEngines";
import { newSession, until } from "../../support/fakes";
import { small, trace } from "../../support/sessions";

it("Session.measureEngines times the CPU, names the reason without WebGL, and leaves the run as it was", async () => {
  const { session, workers } = newSession();
  await session.load(small);
  await session.advance(12);
  const before = trace(session);
  const shares: number[] = [];
  const signal = new AbortController().signal;
  const [cpu, webgl] = await session.measureEngines({ signal, progressed: (share) => shares.push(share) });
  expect(cpu).toEqual({ kind: "cpu", stepsPerSecond: expect.any(Number), missing: null } satisfies EngineSpeed);
  expect(cpu?.stepsPerSecond).toBeGreaterThan(0);
  expect(webgl).toEqual({ kind: "webgl", stepsPerSecond: null, missing: "no WebGL" });
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(trace(session)).toEqual(before);
  expect(workers.map(({ dead }) => dead)).toEqual([false, true, true]);
});

it("Session.measureEngines pauses a run that plays, which plays on after the measurement is cancelled", async () => {
  const { session, workers } = newSession();
  await session.load(small);
  session.play();
  await until(session.store, ({ step }) => step > 5);
  const controller = new AbortController();
  const measuring = session.measureEngines({
    signal: controller.signal,
    progressed() {
      expect(session.store.getState().phase).toBe("paused");
      controller.abort();
    },
  });
  await expect(measuring).rejects.toThrow("aborted");
  expect(workers.slice(1).every(({ dead }) => dead)).toBe(true);
  await until(session.store, ({ phase }) => phase === "playing");
  session.pause();
});
