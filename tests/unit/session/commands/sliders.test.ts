import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TaskQueue } from "../../../../src/core/async/taskQueue";
import type { LiveSettings } from "../../../../src/core/recipe/recipe";
import { Sliders } from "../../../../src/session/commands/sliders";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function newSliders(fail = false) {
  const edits: Partial<LiveSettings>[] = [];
  const edit = async (settings: Partial<LiveSettings>) => {
    if (fail) throw new Error("no");
    edits.push(settings);
  };
  return { edits, sliders: new Sliders(new TaskQueue(), edit, { changed() {}, done() {} }) };
}

describe("Sliders.drag", () => {
  it("Sliders.drag shows values at once, and makes one edit at endDrag", async () => {
    const { edits, sliders } = newSliders();
    const moves = [0.1, 0.2, 0.3].map((lr) => sliders.drag({ lr }));
    expect(sliders.moved).toEqual({ lr: 0.3 });
    expect(edits).toEqual([]);
    sliders.endDrag();
    await Promise.all(moves);
    expect(edits).toEqual([{ lr: 0.3 }]);
    expect(sliders.moved).toEqual({});
    sliders.endDrag();
    await vi.runAllTimersAsync();
    expect(edits).toHaveLength(1);
  });

  it("Sliders.drag makes an edit at each pause", async () => {
    const { edits, sliders } = newSliders();
    for (let i = 1; i <= 20; i++) {
      sliders.drag({ lr: i });
      await vi.advanceTimersByTimeAsync(16);
    }
    await vi.advanceTimersByTimeAsync(300);
    sliders.drag({ lr: 21, beta1: 0.5 });
    await vi.advanceTimersByTimeAsync(300);
    expect(edits).toEqual([{ lr: 20 }, { lr: 21, beta1: 0.5 }]);
  });

  it("Sliders.drag keeps showing its values while an earlier edit is put in force", async () => {
    const { sliders } = newSliders();
    const first = sliders.set({ lr: 0.1 });
    void sliders.drag({ beta1: 0.5 });
    await first;
    expect(sliders.moved).toEqual({ beta1: 0.5 });
  });
});

it("Sliders.set makes its edit after the edit of a drag in progress", async () => {
  const { edits, sliders } = newSliders();
  const moved = sliders.drag({ lr: 10 });
  const typed = sliders.set({ lr: 0.5 });
  expect(sliders.moved).toEqual({ lr: 0.5 });
  await Promise.all([moved, typed]);
  expect(edits).toEqual([{ lr: 0.5 }]);
});

it("Sliders.set merges values until its edit begins, and seal begins a new edit", async () => {
  const { edits, sliders } = newSliders();
  sliders.drag({ eps: 1 });
  sliders.seal();
  const done = [sliders.set({ lr: 0.1 }), sliders.set({ lr: 0.2, beta1: 0 })];
  await Promise.all(done);
  expect(edits).toEqual([{ eps: 1 }, { lr: 0.2, beta1: 0 }]);
});

it("Sliders.set rejects when the edit fails, and shows the settings in force again", async () => {
  const { sliders } = newSliders(true);
  const moved = sliders.drag({ lr: 1 });
  sliders.endDrag();
  await expect(moved).rejects.toThrow("no");
  expect(sliders.moved).toEqual({});
});
