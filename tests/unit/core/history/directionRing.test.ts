import fc from "fast-check";
import { expect, test } from "vitest";
import { DirectionRing } from "../../../../src/core/history/directionRing";

const row = (step: number) => Float64Array.of(step, -step);

test("DirectionRing stores the latest directions within its budget, also after truncate and append", () => {
  const move = fc.oneof(
    fc.record({ forward: fc.integer({ min: 1, max: 900 }) }),
    fc.record({ back: fc.integer({ min: 0, max: 900 }) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.array(move, { maxLength: 8 }), (slots, moves) => {
      const directions = new DirectionRing(2, slots * 16);
      let length = 0;
      let oldest = 1;
      for (const move of moves) {
        if ("back" in move) {
          length = Math.max(0, length - move.back);
          directions.truncate(length);
          oldest = Math.min(oldest, length + 1);
        } else {
          const rows = Array.from({ length: move.forward }, (_, i) => [...row(length + 1 + i)]).flat();
          directions.append(length + 1, Float64Array.from(rows), move.forward);
          length += move.forward;
          oldest = Math.max(oldest, length - slots + 1);
        }
        for (const step of [oldest - 1, oldest, length, length + 1, (oldest + length) >> 1]) {
          const held = step >= oldest && step <= length;
          expect(directions.at(step)).toEqual(held ? row(step) : null);
        }
      }
    }),
  );
});

test("DirectionRing.at returns a copy", () => {
  const directions = new DirectionRing(2);
  directions.append(1, row(1), 1);
  directions.at(1)?.fill(9);
  expect(directions.at(1)).toEqual(row(1));
});
