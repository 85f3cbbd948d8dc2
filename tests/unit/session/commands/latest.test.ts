import { expect, it } from "vitest";
import { Latest } from "../../../../src/session/commands/latest";

it("Latest runs one call at a time, and then only the newest value", async () => {
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
