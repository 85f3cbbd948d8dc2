import { describe, expect, it } from "vitest";
import { traceOf } from "../../../src/core/history/trace";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { Recipe } from "../../../src/core/recipe/recipe";
import type { Session } from "../../../src/session/session";
import { FakeWorker, fakeAddress, messageSent, newSession, until } from "../support/fakes";

const small = { rows: 100, inputs: 4, hidden: [3] };
const exploding = { ...small, hidden: [20, 20, 20, 20, 20, 20], edits: [{ step: 50, lr: 100, beta2: 0 }] };
const state = (session: Session) => session.store.getState();
const trace = (session: Session) => traceOf(session.history());

async function loaded(recipe: Partial<Recipe> = small): Promise<Session> {
  const { session } = newSession();
  await session.load(recipe);
  return session;
}

describe("opening", () => {
  it("Session plays the recipe of the address when it opens", async () => {
    const { session } = newSession({ search: "", hash: "#lr=0.01&hidden=3" });
    expect(state(session).phase).toBe("starting");
    await session.ready;
    await until(session.store, ({ step, phase }) => step >= 3 && phase === "playing");
    session.pause();
    expect(state(session)).toMatchObject({ phase: "paused", recipe: { ...defaultRecipe, lr: 0.01, hidden: [3] } });
    expect(state(session).engine).toMatchObject({ kind: "cpu", renderer: "JavaScript" });
  });

  it("Session names invalid parts of the address, and uses the rest", async () => {
    const { session } = newSession({ search: "?paused&theme=pink", hash: "#lr=much&hidden=4" });
    await session.ready;
    expect(state(session).recipe).toEqual({ ...defaultRecipe, hidden: [4] });
    const texts = state(session).notices.map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringContaining("theme"));
    expect(texts).toContainEqual(expect.stringContaining("lr"));
  });

  it("Session fails with a notice when the browser has no workers", async () => {
    const { session } = newSession({
      makeWorker: () => {
        throw new Error("This browser offers no Web Workers.");
      },
    });
    await expect(session.ready).rejects.toThrow("no Web Workers");
    expect(state(session)).toMatchObject({
      phase: "failed",
      notices: [{ kind: "error", text: "This browser offers no Web Workers." }],
    });
  });

  it("Session fails with a notice when the worker's script does not load", async () => {
    const { session, workers } = newSession();
    await messageSent();
    workers[0]?.die("");
    await expect(session.ready).rejects.toThrow("script");
    expect(state(session).phase).toBe("failed");
  });
});

describe("advance", () => {
  it("Session.advance takes exactly the number of steps, call after call", async () => {
    const session = await loaded();
    await Promise.all([session.advance(7), session.advance(5), session.advance(0)]);
    expect(state(session)).toMatchObject({ step: 12, phase: "paused" });
    expect(trace(session).step).toHaveLength(12);
  });

  it("Session.advance pauses play first", async () => {
    const session = await loaded();
    session.play();
    await until(session.store, ({ step }) => step > 2);
    const playing = session.advance(10);
    expect(state(session).phase).toBe("paused");
    await playing;
    const { step } = state(session);
    await session.advance(10);
    expect(state(session).step).toBe(step + 10);
  });

  it("Session.advance rejects values that are no number of steps", async () => {
    const session = await loaded();
    for (const steps of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2_000_000]) {
      await expect(session.advance(steps)).rejects.toThrow("steps");
    }
    await session.advance(1);
    expect(state(session)).toMatchObject({ step: 1, phase: "paused" });
  });
});

describe("play", () => {
  it("Session.runTo plays to its step and pauses there", async () => {
    const session = await loaded();
    session.runTo(333);
    expect(state(session)).toMatchObject({ phase: "playing", goal: { from: 0, to: 333 } });
    await until(session.store, ({ phase }) => phase === "paused");
    expect(state(session)).toMatchObject({ step: 333, goal: null });
  });

  it("Session.play gives the same steps as advance at any speed", async () => {
    const session = await loaded();
    session.setSpeed(Number.POSITIVE_INFINITY);
    session.play();
    await until(session.store, ({ step }) => step >= 200);
    session.pause();
    await session.advance(1);
    const other = await loaded();
    await other.advance(state(session).step);
    expect(trace(other)).toEqual(trace(session));
  });

  it("Session.play takes the number of steps that the speed and the frames allow", async () => {
    const session = await loaded();
    session.setSpeed(120);
    session.play();
    await until(session.store, ({ step }) => step >= 20);
    // One step at once, then two steps a frame, in at most two requests a frame.
    expect(state(session).step).toBeLessThan(30);
    session.pause();
  });
});

describe("set", () => {
  it("Session.set changes the recipe at step 0, and adds an edit after it", async () => {
    const session = await loaded();
    await session.set({ lr: 0.01 });
    expect(state(session).recipe).toMatchObject({ lr: 0.01, edits: [] });
    await session.advance(5);
    await Promise.all([session.set({ lr: 0.02 }), session.set({ beta1: 0.5 }), session.set({ lr: 0.03 })]);
    expect(state(session).recipe.edits).toEqual([{ step: 6, lr: 0.03, beta1: 0.5 }]);
    expect(state(session).settings).toMatchObject({ lr: 0.03, beta1: 0.5 });
    await session.advance(1);
    expect(session.history().value("lr", 5)).toBe(0.01);
    expect(session.history().value("lr", 6)).toBe(0.03);
    expect(trace(session).stepTaken[5]).toBe(0.03);
  });

  it("Session.set shows the value before it is in force", async () => {
    const session = await loaded();
    const moved = session.set({ lr: 0.5 });
    await until(session.store, ({ settings }) => settings.lr === 0.5);
    await moved;
  });

  it("Session.set rejects settings that are unknown, out of range or need a restart, by name", async () => {
    const session = await loaded();
    await session.advance(3);
    const { recipe } = state(session);
    for (const [settings, key] of [
      [{ lr: -1 }, "lr"],
      [{ seed: 1 }, "seed"],
      [{ speed: 1 }, "speed"],
      [null, "settings"],
    ] as const) {
      await expect(session.set(settings)).rejects.toThrow(key);
    }
    expect(state(session)).toMatchObject({ recipe, phase: "paused", step: 3 });
  });

  it("Session.set keeps its order among calls of advance", async () => {
    const session = await loaded();
    await Promise.all([session.advance(4), session.set({ lr: 0.1 }), session.advance(4)]);
    expect(state(session).recipe.edits).toEqual([{ step: 5, lr: 0.1 }]);
  });
});

describe("going to a step", () => {
  it("Session.runTo goes to a measured step at once, and plays to a later step", async () => {
    const session = await loaded();
    await session.advance(100);
    await session.seek(40);
    session.runTo(70);
    await until(session.store, ({ step }) => step === 70);
    session.runTo(20);
    await until(session.store, ({ step }) => step === 20);
    session.runTo(130);
    await until(session.store, ({ step, phase }) => step === 130 && phase === "paused");
  });

  it("Session.stepBack counts every call when calls come faster than steps", async () => {
    const session = await loaded();
    await session.advance(100);
    await Promise.all(Array.from({ length: 5 }, () => session.stepBack()));
    expect(state(session)).toMatchObject({ step: 95, phase: "paused" });
  });
});

it("Session.play sets the values of a drag in progress first", async () => {
  const session = await loaded();
  void session.drag({ lr: 0.5 });
  session.play();
  await until(session.store, ({ step }) => step > 0);
  session.pause();
  await until(session.store, ({ recipe }) => recipe.lr === 0.5);
  expect(session.history().value("lr", 1)).toBe(0.5);
});

describe("load", () => {
  it("Session.load starts a run at step 0, paused", async () => {
    const session = await loaded();
    session.play();
    await until(session.store, ({ step }) => step > 0);
    await session.load({ ...small, lr: 0.5 });
    expect(state(session)).toMatchObject({ step: 0, phase: "paused", recipe: { ...defaultRecipe, ...small, lr: 0.5 } });
    expect(session.history().length).toBe(0);
  });

  it("Session.load names every fault, and the present run plays on unchanged", async () => {
    const session = await loaded();
    session.play();
    await until(session.store, ({ step }) => step > 2);
    const before = session.history();
    await expect(session.load({ lr: "fast", rows: 0, colour: 1 })).rejects.toThrow(/lr.*rows.*colour/s);
    await expect(session.load({ format: "alphascope-run", version: 7 })).rejects.toThrow("version");
    await expect(session.load(null)).rejects.toThrow("recipe");
    expect(session.history()).toBe(before);
    expect(state(session).phase).toBe("playing");
    session.pause();
    expect(state(session).recipe).toEqual({ ...defaultRecipe, ...small });
  });

  it("Session.load opens a run file, which trains the same run", async () => {
    const session = await loaded({ ...small, dataset: "teacher", shuffle: true, batchSize: 7 });
    await session.advance(20);
    await session.set({ lr: 0.1, shuffle: false });
    await session.advance(30);
    const file = JSON.parse(JSON.stringify(session.runFile()));
    const other = await loaded();
    await other.load(file);
    expect(state(other).recipe).toEqual(state(session).recipe);
    await other.advance(50);
    expect(trace(other)).toEqual(trace(session));
    expect(JSON.parse(JSON.stringify(other.runFile()))).toEqual(file);
  });

  it("Session.load keeps its order among calls of advance and set", async () => {
    const session = await loaded();
    await Promise.all([
      session.advance(50),
      session.load({ ...small, seed: 1 }),
      session.advance(3),
      session.set({ lr: 0.5 }),
    ]);
    expect(state(session)).toMatchObject({ step: 3, recipe: { seed: 1, edits: [{ step: 4, lr: 0.5 }] } });
  });
});

describe("going back", () => {
  it("Session.seek goes to a step, from which the same run continues", async () => {
    const session = await loaded({ ...small, shuffle: true });
    await session.advance(40);
    await session.set({ lr: 0.1 });
    await session.advance(60);
    const [whole, d] = [trace(session), session.direction(41)];
    await session.seek(41);
    expect(state(session)).toMatchObject({ step: 41, phase: "paused" });
    expect(session.direction()).toEqual(d);
    expect(session.history().length).toBe(41);
    await session.seek(100);
    expect(trace(session)).toEqual(whole);
    await session.seek(0);
    expect(session.direction()).toEqual([]);
    await session.advance(100);
    expect(trace(session)).toEqual(whole);
  });

  it("Session.reset goes to step 0 and replays the edits", async () => {
    const session = await loaded();
    await session.advance(10);
    await session.set({ lr: 0.1 });
    await session.advance(10);
    const whole = trace(session);
    await session.reset();
    expect(state(session)).toMatchObject({ step: 0, epoch: 0, phase: "paused", settings: { lr: 1e-3 } });
    await session.advance(20);
    expect(state(session).settings.lr).toBe(0.1);
    expect(trace(session)).toEqual(whole);
  });

  it("Session.startOver begins at step 0 with the current settings", async () => {
    const session = await loaded();
    await session.advance(10);
    await session.set({ lr: 0.1 });
    await session.startOver();
    expect(state(session)).toMatchObject({
      step: 0,
      phase: "paused",
      recipe: { lr: 0.1, edits: [] },
      settings: { lr: 0.1 },
    });
  });

  it("Session.restart begins with another network and the current settings, and plays on if it played", async () => {
    const session = await loaded();
    await session.advance(10);
    await session.set({ lr: 0.1 });
    await session.restart({ hidden: [6, 2] });
    expect(state(session)).toMatchObject({ step: 0, phase: "paused", recipe: { lr: 0.1, hidden: [6, 2], edits: [] } });
    await expect(session.restart({ rows: -1 })).rejects.toThrow("rows");
    session.play();
    await until(session.store, ({ step }) => step > 0);
    await session.restart({ seed: 9 });
    await until(session.store, ({ phase }) => phase === "playing");
    expect(state(session).recipe.seed).toBe(9);
    session.pause();
  });
});

describe("branches and undo", () => {
  it("Session.set begins a branch on a run that has gone back, and removes the future steps", async () => {
    const session = await loaded();
    await session.advance(30);
    await session.set({ lr: 0.1 });
    await session.advance(30);
    await session.seek(20);
    expect(state(session)).toMatchObject({ step: 20, measuredSteps: 60, settings: { lr: 1e-3 } });
    await session.set({ lr: 1e-3 });
    expect(state(session)).toMatchObject({ step: 20, measuredSteps: 60 });
    await session.set({ beta1: 0.5 });
    expect(state(session)).toMatchObject({
      step: 20,
      measuredSteps: 20,
      recipe: { edits: [{ step: 21, beta1: 0.5 }] },
    });
    await session.advance(40);
    const other = await loaded({ ...small, edits: [{ step: 21, beta1: 0.5 }] });
    await other.advance(60);
    expect(trace(session)).toEqual(trace(other));
  });

  it("Session.undo and redo return to the step at which each change began", async () => {
    const session = await loaded();
    await session.set({ sigma: 2 });
    await session.advance(10);
    await session.set({ lr: 0.1 });
    await session.advance(10);
    await session.set({ beta1: 0.5, lr: 0.2 });
    await session.advance(10);
    const whole = trace(session);
    const { recipe } = state(session);
    expect(state(session)).toMatchObject({ canUndo: true, canRedo: false });
    await session.undo();
    expect(state(session)).toMatchObject({ step: 20, recipe: { edits: [{ step: 11, lr: 0.1 }] }, canRedo: true });
    await session.undo();
    expect(state(session)).toMatchObject({ step: 10, recipe: { edits: [], sigma: 2 } });
    await session.undo();
    expect(state(session)).toMatchObject({ step: 0, recipe: { edits: [], sigma: 1 }, canUndo: false });
    await session.undo();
    for (let i = 0; i < 4; i++) await session.redo();
    expect(state(session)).toMatchObject({ step: 0, recipe, canUndo: true, canRedo: false });
    await session.advance(30);
    expect(trace(session)).toEqual(whole);
    await session.undo();
    await session.set({ lr: 0.3 });
    expect(state(session)).toMatchObject({ step: 20, canRedo: false });
    await session.load(small);
    expect(state(session).canUndo).toBe(false);
  });

  it("Session.undo plays on if the run played", async () => {
    const session = await loaded();
    await session.advance(10);
    await session.set({ lr: 0.1 });
    session.play();
    await until(session.store, ({ step }) => step > 15);
    await session.undo();
    expect(session.history().value("lr", 10)).toBe(1e-3);
    await until(session.store, ({ step, phase }) => step > 15 && phase === "playing");
    session.pause();
    expect(session.history().value("lr", 15)).toBe(1e-3);
  });

  it("Session.undo keeps the future steps that both recipes have in common", async () => {
    const session = await loaded();
    await session.advance(150);
    await session.set({ lr: 0.1 });
    await session.advance(50);
    await session.seek(20);
    await session.undo();
    expect(state(session)).toMatchObject({ step: 20, measuredSteps: 150, recipe: { edits: [] } });
    await session.seek(150);
    await session.advance(50);
    const other = await loaded();
    await other.advance(200);
    expect(trace(session)).toEqual(trace(other));
  });

  it("Session.undo plays on to the target of runTo, unless the run is paused meanwhile", async () => {
    const session = await loaded();
    await session.advance(10);
    await session.set({ lr: 0.1 });
    session.runTo(400);
    await session.undo();
    await until(session.store, ({ phase }) => phase === "paused");
    expect(state(session).step).toBe(400);
    await session.undo();
    expect(state(session).phase).toBe("paused");
    session.play();
    const done = session.redo();
    session.pause();
    await done;
    expect(state(session).phase).toBe("paused");
  });

  it("Session.set rejects when the history is full", async () => {
    const session = await loaded({ rows: 2, inputs: 1, hidden: [] });
    await session.advance(1_000_000);
    await expect(session.set({ lr: 0.1 })).rejects.toThrow("full");
    expect(state(session)).toMatchObject({ phase: "paused", recipe: { edits: [] } });
  }, 60_000);

  it("Session.set is in force from the step after a divergence when later steps are in progress", async () => {
    const session = await loaded(exploding);
    session.setSpeed(Number.POSITIVE_INFINITY);
    session.play();
    await until(session.store, ({ step }) => step > 0);
    await session.set({ beta2: 0.5 });
    await until(session.store, ({ phase }) => phase === "diverged");
    await session.set({ lr: 1e-5 });
    const { recipe, divergedAt } = state(session);
    expect(recipe.edits.at(-1)).toMatchObject({ step: (divergedAt as number) + 1, lr: 1e-5 });
    expect(state(session).settings.lr).toBe(1e-5);
  });

  it("Session.set removes a divergence after the beginning of a branch", async () => {
    const session = await loaded(exploding);
    session.setSpeed(Number.POSITIVE_INFINITY);
    session.play();
    await until(session.store, ({ phase }) => phase === "diverged");
    const { divergedAt } = state(session);
    await session.seek(45);
    await session.set({ eps: 1e-6 });
    await session.advance(4);
    await session.seek(49);
    await session.set({ lr: 1e-3 });
    expect(state(session).recipe.edits).toEqual([{ step: 46, eps: 1e-6 }]);
    await session.advance(100);
    expect(state(session)).toMatchObject({ phase: "paused", step: 149, divergedAt: null });
    expect(divergedAt).toBeLessThan(149);
  });
});

it("Session.restart adjusts settings that do not fit together, with a notice", async () => {
  const session = await loaded();
  await session.restart({ dataset: "classes" });
  expect(state(session)).toMatchObject({ recipe: { dataset: "classes", outputs: 2 }, notices: [{ kind: "info" }] });
  expect(state(session).notices[0]?.text).toContain("outputs");
});

it("Session.undo and redo count every call when calls come fast", async () => {
  const session = await loaded();
  for (const lr of [0.1, 0.2, 0.3]) {
    await session.advance(5);
    await session.set({ lr });
  }
  const { recipe } = state(session);
  await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? session.redo() : session.undo())));
  expect(state(session).recipe).toEqual(recipe);
});

describe("divergence", () => {
  it("Session stops play at the step of divergence with a notice, and allows further steps and going back", async () => {
    const session = await loaded(exploding);
    session.setSpeed(Number.POSITIVE_INFINITY);
    session.play();
    await until(session.store, ({ phase }) => phase === "diverged");
    const { divergedAt } = state(session);
    expect(divergedAt).toBeGreaterThan(50);
    await session.advance(0);
    expect(state(session)).toMatchObject({ phase: "diverged", step: divergedAt });
    expect(trace(session).verdict.indexOf("diverged")).toBe((divergedAt as number) - 1);

    session.play();
    expect(state(session).phase).toBe("diverged");
    expect(state(session).notices.at(-1)?.text).toContain(`step ${divergedAt}`);

    await session.advance(5);
    expect(state(session)).toMatchObject({ phase: "diverged", step: (divergedAt as number) + 5, divergedAt });
    await session.seek(49);
    expect(state(session)).toMatchObject({ phase: "paused", divergedAt: null });
    await session.advance(100);
    expect(state(session)).toMatchObject({ phase: "diverged", divergedAt, step: 149 });
  });
});

describe("direction", () => {
  it("Session.direction returns d by tensor, with PyTorch's names and shapes inputs × outputs", async () => {
    const session = await loaded();
    expect(session.direction()).toEqual([]);
    await session.advance(5);
    const direction = session.direction();
    expect(direction.map(({ name, shape }) => [name, shape])).toEqual([
      ["fc1.weight", [4, 3]],
      ["fc1.bias", [3]],
      ["fc2.weight", [3, 1]],
      ["fc2.bias", [1]],
    ]);
    direction.forEach(({ values }, t) => {
      expect(Math.hypot(...values)).toBeCloseTo(session.history().norm("directionNorms", t, 5), 12);
    });
    expect(session.direction(5)).toEqual(direction);
    expect(session.direction(2)).not.toEqual(direction);
    expect(() => session.direction(6)).toThrow("step");
  });
});

describe("an address that cannot be loaded", () => {
  it("Session keeps the paused run when a changed address cannot be loaded, with a notice", async () => {
    const address = fakeAddress("#rows=100");
    let fails = false;
    const { session } = newSession({
      address,
      makeWorker: () => {
        const worker = new FakeWorker();
        const { load } = worker.api;
        Object.assign(worker.api, {
          load: async (...asked: Parameters<typeof load>) => {
            if (fails) throw new RangeError("Array buffer allocation failed");
            return load(...asked);
          },
        });
        return worker;
      },
    });
    await session.ready;
    await session.advance(5);
    fails = true;
    address.go("#rows=50");
    await until(session.store, ({ notices }) => notices.length > 0);
    expect(state(session).notices.at(-1)?.text).toContain("Array buffer allocation failed");
    await session.advance(0);
    expect(state(session)).toMatchObject({ phase: "paused", step: 5, recipe: { rows: 100 } });
  });
});

describe("a worker that dies", () => {
  it("Session replaces a worker that dies, and the run is the same", async () => {
    const { session, workers } = newSession();
    await session.load({ ...small, shuffle: true });
    await session.advance(20);
    await session.set({ lr: 0.1 });
    const steps = session.advance(30);
    workers.at(-1)?.die();
    await steps;
    await session.advance(10);
    expect(workers).toHaveLength(2);
    expect(state(session)).toMatchObject({ phase: "paused", step: 60 });
    expect(state(session).notices.at(-1)).toMatchObject({
      kind: "info",
      text: expect.stringContaining("out of memory"),
    });

    const other = await loaded(state(session).recipe);
    await other.advance(60);
    expect(trace(session)).toEqual(trace(other));
  });

  it("Session.load ends a worker that is too busy to answer, and loads another run", async () => {
    let tellAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      tellAsked = resolve;
    });
    const { session, workers } = newSession({
      makeWorker: () => {
        const worker = new FakeWorker();
        // The first worker never answers a request for steps.
        worker.beforeAdvance = () => {
          if (workers.length > 1) return null;
          tellAsked();
          return new Promise(() => {});
        };
        return worker;
      },
    });
    await session.load(small);
    session.play();
    await asked;
    await session.load({ ...small, seed: 1 });
    await session.advance(2);
    expect(workers).toHaveLength(2);
    expect(state(session)).toMatchObject({ phase: "paused", step: 2, recipe: { seed: 1 }, notices: [] });
  });

  it("Session plays on when a worker dies", async () => {
    const { session, workers } = newSession();
    await session.load(small);
    session.setSpeed(Number.POSITIVE_INFINITY);
    session.play();
    await until(session.store, ({ step }) => step > 10);
    const { step } = state(session);
    workers.at(-1)?.die();
    await until(session.store, (now) => now.step > step + 100);
    expect(state(session).phase).toBe("playing");
    session.pause();
  });

  it("Session fails when the new workers die too, until another run is loaded", async () => {
    let cursed = false;
    const { session, workers } = newSession({
      makeWorker: () => {
        const worker = new FakeWorker();
        worker.beforeAdvance = () => cursed && worker.die("no luck");
        return worker;
      },
    });
    await session.load(small);
    await session.advance(3);
    cursed = true;
    await expect(session.advance(10)).rejects.toThrow("no luck");
    cursed = false;
    expect(workers).toHaveLength(3);
    expect(state(session)).toMatchObject({ phase: "failed", step: 3 });
    await session.startOver();
    await session.advance(2);
    expect(state(session)).toMatchObject({ phase: "paused", step: 2 });
  });

  it("Session.load keeps the present run when the worker dies while loading", async () => {
    const { session, workers } = newSession();
    await session.load(small);
    await session.advance(3);
    const loading = session.load({ ...small, seed: 1 });
    await messageSent();
    workers.at(-1)?.die();
    await expect(loading).rejects.toThrow("out of memory");
    await session.advance(2);
    expect(state(session)).toMatchObject({ phase: "paused", step: 5, recipe: { seed: 0 } });
  });
});
