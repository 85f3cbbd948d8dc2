import { shuffler } from "d3-array";
import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { hashOf } from "./hash";

/** Numbers of the streams of a seed, one per purpose, so that no two purposes share random numbers. */
export const streams = {
  inputs: 1,
  targets: 2,
  teacher: 3,
  parameters: 4,
  order: 5,
  split: 6,
  lanczos: 7,
  resamples: 8,
} as const;

/**
 * Uniform numbers in [0, 1), 53 bits each, from xoroshiro128+ with a hash of the seed and the stream as its initial state. The
 * numbers depend on these integers only, so a checkpoint contains no state of a generator.
 *
 * @param seed an integer from 0 to 2³² − 1
 * @param stream integers that identify the purpose, such as `streams.order, epoch`
 */
export function uniform(seed: number, ...stream: readonly number[]): () => number {
  const words = hashOf([seed, ...stream, stream.length]);
  // The state of xoroshiro128+ must not be zero.
  if (!words.some(Boolean)) words[0] = 1;
  const generator = xoroshiro128plusFromState(words);
  return () => uniformFloat64(generator);
}

/** Standard normal numbers N(0, 1), by the polar method. */
export function normal(seed: number, ...stream: readonly number[]): () => number {
  return randomNormal.source(uniform(seed, ...stream))(0, 1);
}

/** A uniformly random permutation of 0 … n − 1 (Fisher–Yates). */
export function permutation(n: number, seed: number, ...stream: readonly number[]): Uint32Array {
  return shuffler(uniform(seed, ...stream))(identity(n)) as Uint32Array;
}

/** 0 … n − 1 in order. */
export function identity(n: number): Uint32Array {
  return Uint32Array.from({ length: n }, (_, i) => i);
}
