import { expect, it, vi } from "vitest";
import type { Session } from "../../../../src/session/session";
import { newSession } from "../../support/fakes";

const small = { rows: 100, inputs: 4, hidden: [3] };
/** Long enough for a busy machine; no test here measures time. */
const patient = { timeout: 20_000 };
const steps = (session: Session, on: "batch" | "full") => session.edge.getState()[on].map(({ step }) => step);

/** A session that follows the edge of stability and has measured it at these steps. */
async function following(...measured: number[]) {
  const { session } = newSession();
  await session.load(small);
  const stop = session.probes.getState().followEdge();
  for (const step of measured) {
    await session.advance(step - session.store.getState().step);
    await vi.waitFor(() => expect(steps(session, "full").at(-1)).toBe(step), patient);
  }
  return { session, stop };
}

it("createEdge adds a point for each edge probe on all rows, and requests no other probes", async () => {
  const { session, stop } = await following(1, 5);
  await session.advance(5);
  await vi.waitFor(() => expect(steps(session, "full")).toEqual([1, 5, 10]), patient);
  const { on, along, resampled, extremes, spectrum, edge } = session.probes.getState();
  expect([on, along, resampled, extremes, spectrum]).toEqual(["batch", null, null, null, null]);
  expect(edge).toMatchObject({ step: 10, on: "full", rows: 100 });
  expect(session.edge.getState().full.at(-1)).toEqual({ step: 10, largest: edge?.largest.value, rows: 100 });
  stop();
  expect(steps(session, "full")).toEqual([1, 5, 10]);
});

it("createEdge adds a point when the cursor selects an earlier step", async () => {
  const { session } = await following(3, 20);
  session.view.getState().setCursor(8);
  await vi.waitFor(() => expect(steps(session, "full")).toEqual([3, 8, 20]), patient);
});

it("createEdge adds points of open probes, and keeps points of the minibatch and of all rows apart", async () => {
  const { session, stop } = await following(3);
  stop();
  session.probes.getState().use();
  session.probes.getState().setOpen(true);
  await vi.waitFor(() => expect(steps(session, "batch")).toEqual([3]), patient);
  await session.advance(4);
  await vi.waitFor(() => expect(steps(session, "batch")).toEqual([3, 7]), patient);
  expect(steps(session, "full")).toEqual([3]);
  session.probes.getState().setRows("full");
  await vi.waitFor(() => expect(steps(session, "full")).toEqual([3, 7]), patient);
  const { full, batch } = session.edge.getState();
  expect([full.at(-1)?.rows, batch.at(-1)?.rows]).toEqual([100, 32]);
});

it("createEdge keeps all points when the run goes back, removes later points at a branch, and removes all points when another run is loaded", async () => {
  const { session } = await following(4, 12, 30);
  await session.seek(12);
  expect(steps(session, "full")).toEqual([4, 12, 30]);
  await session.set({ lr: 0.1 });
  await session.advance(2);
  await vi.waitFor(() => expect(steps(session, "full")).toEqual([4, 12, 14]), patient);
  await session.undo();
  await vi.waitFor(() => expect(steps(session, "full")).toEqual([4, 12]), patient);
  await session.load(small);
  expect(session.edge.getState()).toEqual({ batch: [], full: [] });
});
