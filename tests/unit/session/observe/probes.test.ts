import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { History } from "../../../../src/core/history/history";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { ProbeKind, ProbeOptions } from "../../../../src/engine/inspect/probes/probes";
import { createProbes, type ProbesState } from "../../../../src/session/observe/probes";
import type { RunState } from "../../../../src/session/state";
import { createPageView } from "../../../../src/session/view/pageView";
import { newSession, until } from "../../support/fakes";

const small = { rows: 100, inputs: 4, hidden: [3] };

const of = (step: number) => (state: ProbesState) =>
  [state.along, state.resampled, state.extremes, state.spectrum, state.plane].every((answer) => answer?.step === step);

describe("createProbes in a session", () => {
  it("createProbes probes the latest step and the step at the cursor while the probes are open", async () => {
    const { session } = newSession();
    await session.load(small);
    await session.advance(40);
    session.probes.getState().use();
    session.probes.getState().setOpen(true);
    for (const [cursor, step] of [
      [null, 40],
      [7, 7],
      [null, 40],
    ] as const) {
      session.view.getState().setCursor(cursor);
      await until(session.probes, of(step));
      const { along, extremes, spectrum } = session.probes.getState();
      expect(along?.batch.slope).toBeCloseTo(session.history().value("slope", step), 12);
      expect(along?.batch.curvature).toBeCloseTo(session.history().value("curvature", step), 12);
      expect(spectrum?.hessian.values.at(-1)).toBeCloseTo(extremes?.hessian.largest.value ?? 0, 6);
    }
    session.probes.getState().setRows("full");
    await until(session.probes, ({ along, extremes, spectrum }) =>
      [along, extremes, spectrum].every((a) => a?.on === "full"),
    );
    expect(session.probes.getState().spectrum?.rows).toBe(100);
    session.probes.getState().setResamples(1000);
    await until(session.probes, ({ resampled }) => resampled?.found.length === 64);
    session.probes.getState().setOpen(false);
    expect(session.probes.getState()).toMatchObject({
      along: null,
      resampled: null,
      extremes: null,
      spectrum: null,
      plane: null,
    });
  });

  it("createProbes probes the new branch after the run has gone back, and clears its answers at a reset", async () => {
    const { session } = newSession();
    await session.load(small);
    await session.advance(30);
    session.probes.getState().use();
    session.probes.getState().setOpen(true);
    await until(session.probes, of(30));
    const before = session.probes.getState().extremes?.threshold;
    await session.seek(10);
    await session.set({ lr: 0.1 });
    await session.advance(20);
    await until(session.probes, (state) => of(30)(state) && state.extremes?.threshold !== before);
    expect(session.probes.getState().extremes?.threshold).toBeCloseTo(380, 9);
    await session.reset();
    expect(session.probes.getState().along).toBeNull();
  });
});

describe("createProbes requests", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function fixture(tookMs: Partial<Record<ProbeKind, number>> = {}) {
    const initial = { phase: "paused", step: 9, recipe: defaultRecipe } as RunState;
    const store = createStore<RunState>(() => initial);
    const asked: { kind: ProbeKind; step: number; options: ProbeOptions; quick: boolean }[] = [];
    const under: Partial<Record<ProbeKind, number>> = {};
    let most = 0;
    const history = {} as History;
    const probes = createProbes({
      store,
      view: createPageView(store),
      history: () => history,
      readyStep: () => store.getState().step - 1,
      probe: async (kind, step, options, { quick = false }) => {
        asked.push({ kind, step, options, quick });
        under[kind] = (under[kind] ?? 0) + 1;
        most = Math.max(most, under[kind]);
        await new Promise((resolve) => setTimeout(resolve, tookMs[kind] ?? 5));
        under[kind] = (under[kind] ?? 0) - 1;
        return null;
      },
    });
    const stopUse = probes.getState().use();
    return { store, probes, asked, most: () => most, stopUse };
  }
  const times = (asked: readonly { kind: ProbeKind }[], kind: ProbeKind) =>
    asked.filter((one) => one.kind === kind).length;

  it("createProbes requests nothing while the probes are closed, and each probe once while nothing changes", async () => {
    const { store, probes, asked } = fixture();
    store.setState({ step: 10 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
    probes.getState().setOpen(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.map(({ kind, step, quick }) => [kind, step, quick])).toEqual([
      ["along", 10, false],
      ["resamples", 10, false],
      ["extremes", 10, false],
      ["spectrum", 10, false],
      ["plane", 10, false],
    ]);
    probes.getState().setResamples(5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.slice(5).map(({ kind, options }) => [kind, options.resamples])).toEqual([
      ["along", 5],
      ["resamples", 5],
    ]);
  });

  it("createProbes requests the edge probe on all rows while the edge is followed, and the other probes on the chosen rows while they are open", async () => {
    const { store, probes, asked } = fixture();
    const stop = probes.getState().followEdge();
    const too = probes.getState().followEdge();
    store.setState({ step: 10 });
    await vi.advanceTimersByTimeAsync(1000);
    // Step 9 was selected first.
    expect(asked.map(({ kind, step, options }) => [kind, step, options.on])).toEqual([
      ["edge", 9, "full"],
      ["edge", 10, "full"],
    ]);
    too();
    probes.getState().setOpen(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.slice(2).map(({ kind, options }) => [kind, options.on])).toEqual([
      ["along", "batch"],
      ["resamples", "batch"],
      ["extremes", "batch"],
      ["spectrum", "batch"],
      ["plane", "batch"],
    ]);
    probes.getState().setRows("full");
    await vi.advanceTimersByTimeAsync(1000);
    expect(times(asked.slice(7), "edge")).toBe(0);
    probes.getState().setOpen(false);
    stop();
    const before = asked.length;
    store.setState({ step: 11 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(times(asked.slice(before), "edge")).toBe(0);
  });

  it("createProbes requests nothing for open probes that are out of sight", async () => {
    const { store, probes, asked, stopUse } = fixture();
    stopUse();
    probes.getState().setOpen(true);
    store.setState({ step: 10 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
    probes.getState().use();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.map(({ step }) => step)).toEqual([10, 10, 10, 10, 10]);
  });

  it("createProbes has one request of a kind in progress during play, and slow probes do not delay quick probes", async () => {
    const { store, probes, asked, most } = fixture({ spectrum: 200 });
    store.setState({ phase: "playing" });
    probes.getState().setOpen(true);
    for (let frame = 0; frame < 600; frame++) {
      store.setState({ step: 10 + frame });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(most()).toBe(1);
    expect(asked.every(({ quick }) => quick)).toBe(true);
    // In six seconds: quick probes about ten times a second, the slow probe at most twice a second.
    expect(times(asked, "along")).toBeGreaterThan(40);
    expect(times(asked, "along")).toBeLessThanOrEqual(80);
    expect(times(asked, "spectrum")).toBeGreaterThan(5);
    expect(times(asked, "spectrum")).toBeLessThanOrEqual(13);
    store.setState({ phase: "paused" });
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked.at(-1)).toMatchObject({ step: 609, quick: false });
  });
});
