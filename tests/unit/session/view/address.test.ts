import { expect, it } from "vitest";
import { fakeAddress, newSession, until } from "../../support/fakes";

const settled = () => new Promise((resolve) => setTimeout(resolve, 600));

it("keepAddress writes the recipe with edits to the address, at most twice a second", async () => {
  const address = fakeAddress("#lr=0.01&rows=100&colour=red");
  const { session } = newSession({ address });
  await session.ready;
  await settled();
  expect(address.hash()).toBe("#lr=0.01&rows=100");
  await session.advance(10);
  const before = address.writes;
  for (let i = 1; i <= 50; i++) await session.set({ lr: i / 100 });
  await settled();
  expect(address.hash()).toBe("#lr=0.01&rows=100&edits=11:lr=0.5");
  expect(address.writes - before).toBeLessThan(4);
  expect(session.link()).toBe("https://example.org/alphascope/#lr=0.01&rows=100&edits=11:lr=0.5");
});

it("Session opens the link when the user changes the address", async () => {
  const address = fakeAddress();
  const { session } = newSession({ address });
  await session.ready;
  await session.advance(3);
  address.go("#rows=50&seed=7");
  await until(session.store, ({ recipe, step }) => recipe.seed === 7 && step === 0);
});
