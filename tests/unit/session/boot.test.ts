import { expect, it } from "vitest";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { FakeWorker, fakeAddress, messageSent, newSession, until } from "../support/fakes";
import { state } from "../support/sessions";

it("Session plays the recipe of the address when it opens", async () => {
  const { session } = newSession({ search: "", hash: "#lr=0.01&hidden=3" });
  expect(state(session).phase).toBe("starting");
  await session.ready;
  await until(session.store, ({ step, phase }) => step >= 3 && phase === "playing");
  session.pause();
  expect(state(session)).toMatchObject({ phase: "paused", recipe: { ...defaultRecipe, lr: 0.01, hidden: [3] } });
  expect(state(session).engine).toMatchObject({ kind: "cpu", renderer: "CPU, WebAssembly" });
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
