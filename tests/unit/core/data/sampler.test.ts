import fc from "fast-check";
import { expect, test } from "vitest";
import { identity, permutation } from "../../../../src/core/data/random";
import { epochShuffling, Sampler } from "../../../../src/core/data/sampler";
import { defaultRecipe } from "../../../../src/core/recipe/controls";

const orderOf = (rows: number) => (epoch: number, shuffled: boolean) =>
  shuffled ? permutation(rows, 1, epoch) : identity(rows);
const empty = () => ({ order: new Uint32Array(0), start: 0, count: 0 });

test("Sampler gives 31 minibatches of 32 rows and one of 8 for 1000 rows", () => {
  const sampler = new Sampler(1000, orderOf(1000));
  const batch = empty();
  const counts = Array.from({ length: 33 }, () => sampler.next(32, false, batch).count);
  expect(counts).toEqual([...Array(31).fill(32), 8, 32]);
  expect([sampler.epoch, sampler.batches, batch.start]).toEqual([1, 1, 0]);
});

test("Sampler uses every row once per epoch for any batch sizes", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), sizes, fc.boolean(), (rows, batchSizes, shuffle) => {
      const sampler = new Sampler(rows, orderOf(rows));
      const taken = new Map<number, number[]>();
      for (const size of batchSizes) {
        const { order, start, count } = sampler.next(size, shuffle, empty());
        taken.set(sampler.epoch, [...(taken.get(sampler.epoch) ?? []), ...order.slice(start, start + count)]);
      }
      for (const [epoch, list] of taken) {
        expect(list).toEqual(Array.from(orderOf(rows)(epoch, shuffle)).slice(0, list.length));
        if (epoch < sampler.epoch) expect(list.length).toBe(rows);
      }
    }),
  );
});

test("Sampler applies a change of shuffle at the next epoch", () => {
  const sampler = new Sampler(10, orderOf(10));
  const rowsTaken = (shuffle: boolean) => {
    const { order, start, count } = sampler.next(5, shuffle, empty());
    return Array.from(order.slice(start, start + count));
  };
  expect([...rowsTaken(false), ...rowsTaken(true)]).toEqual(Array.from(identity(10)));
  expect([...rowsTaken(true), ...rowsTaken(false)]).toEqual(Array.from(permutation(10, 1, 1)));
});

test("Sampler.peek gives the next minibatch under its settings, and changes no later minibatch", () => {
  const plans = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(plans, (plan) => {
      const [looking, plain] = [new Sampler(13, orderOf(13)), new Sampler(13, orderOf(13))];
      for (const [size, shuffle, other] of plan) {
        // A look ahead with settings that change before the next minibatch, and one with settings that stay.
        looking.peek(size + 1, other, empty());
        const ahead = looking.peek(size, shuffle, empty());
        const next = plain.next(size, shuffle, empty());
        expect(ahead).toEqual(next);
        expect(looking.next(size, shuffle, empty())).toEqual(next);
        expect(looking.save()).toEqual(plain.save());
      }
    }),
  );
});

test("Sampler computes the permutation of an epoch once when peek has used the permutation", () => {
  const epochs: number[] = [];
  const sampler = new Sampler(10, (epoch, shuffled) => {
    epochs.push(epoch);
    return orderOf(10)(epoch, shuffled);
  });
  for (let step = 0; step < 6; step++) {
    const { order } = sampler.peek(5, true, empty());
    expect(sampler.next(5, true, empty()).order).toBe(order);
  }
  expect(epochs).toEqual([0, 1, 2]);
});

test("Sampler gives the same minibatches after restore", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { maxLength: 30 }),
      fc.nat(),
      (plan, at) => {
        const cut = at % (plan.length + 1);
        const first = new Sampler(13, orderOf(13));
        for (const [size, shuffle] of plan.slice(0, cut)) first.next(size, shuffle, empty());
        const second = new Sampler(13, orderOf(13));
        second.restore(first.save());
        for (const [size, shuffle] of plan.slice(cut)) {
          expect(second.next(size, shuffle, empty())).toEqual(first.next(size, shuffle, empty()));
          expect(second.save()).toEqual(first.save());
        }
      },
    ),
  );
});

test("epochShuffling counts epochs with every edit of the batch size and uses the value of shuffle at their start", () => {
  const recipe = {
    ...defaultRecipe,
    batchSize: 5,
    edits: [
      { step: 2, shuffle: true },
      { step: 4, batchSize: 20, shuffle: false },
    ],
  };
  // 10 rows: epochs begin at steps 1, 3, 5 (step 4 uses the last 5 rows of the second epoch), 6 and 7.
  expect(epochShuffling(recipe, 10, 0)).toEqual([]);
  expect(epochShuffling(recipe, 10, 2)).toEqual([false]);
  expect(epochShuffling(recipe, 10, 7)).toEqual([false, true, false, false, false]);
});
