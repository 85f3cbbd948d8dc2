import { expect, it } from "vitest";
import { Latest } from "../../../../src/session/commands/latest";

it("does one thing after another, and only the newest of what was asked for meanwhile", async () => {
  const done: number[] = [];
  const latest = new Latest<number>(async (value) => {
    await Promise.resolve();
    done.push(value);
    if (value === 5) throw new Error("its own affair");
  });
  const all = [1, 2, 3, 4, 5].map((value) => latest.push(value));
  await Promise.all(all);
  expect(done).toEqual([1, 5]);
  await latest.push(6);
  expect(done).toEqual([1, 5, 6]);
});
