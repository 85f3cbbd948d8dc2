import { expect } from "vitest";
import type { Facts } from "./claims";

const seeds = [0, 1, 2, 3, 4, 5, 6, 7];

/** Expects each fact to hold for all seeds except at most one. */
export async function expectAnywhere(factsOf: (seed: number) => Promise<Facts>): Promise<void> {
  const count: Record<string, number> = {};
  for (const seed of seeds) {
    for (const [fact, holds] of Object.entries(await factsOf(seed))) count[fact] = (count[fact] ?? 0) + Number(holds);
  }
  for (const [fact, times] of Object.entries(count)) expect(times, fact).toBeGreaterThanOrEqual(seeds.length - 1);
}
