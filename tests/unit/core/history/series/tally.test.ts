import fc from "fast-check";
import { expect, test } from "vitest";
import { Tally } from "../../../../../src/core/history/series/tally";

test("Tally.counts equals a count over a list of all classes, also after truncate and append", () => {
  const classes = 7;
  const chunk = fc.record({
    more: fc.array(fc.nat({ max: classes - 1 }), { maxLength: 200 }),
    back: fc.nat({ max: 150 }),
  });
  const range = fc.tuple(fc.nat({ max: 900 }), fc.nat({ max: 900 }));
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 6 }), fc.array(range, { maxLength: 5 }), (chunks, ranges) => {
      const tally = new Tally(classes);
      let all: number[] = [];
      for (const { more, back } of chunks) {
        all = all.slice(0, Math.max(0, all.length - back));
        tally.truncate(all.length);
        tally.append(Float64Array.from(more), more.length);
        all.push(...more);
      }
      for (const [a, b] of ranges) {
        const [from, to] = [Math.min(a, b) + 1, Math.max(a, b)];
        const part = all.slice(from - 1, to);
        const counts = Array.from({ length: classes }, (_, c) => part.filter((of) => of === c).length);
        expect([...tally.counts(from, to)]).toEqual(counts);
      }
    }),
  );
});

test("Tally.counts is 0 for every class when nothing was appended", () => {
  expect(Array.from(new Tally(200).counts(1, 10))).toEqual(new Array(200).fill(0));
});
