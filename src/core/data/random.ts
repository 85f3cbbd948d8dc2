import { shuffler } from "d3-array";
import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

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

/** One round of MurmurHash3: the hash updated with a 32-bit integer. */
function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The finaliser of MurmurHash3, after which every bit of the hash depends on every input bit. */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h ^ (h >>> 13), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/**
 * Uniform numbers in [0, 1), 53 bits each, from xoroshiro128+ with a hash of the seed and the stream as its initial state. The
 * numbers depend on these integers only, so a checkpoint contains no state of a generator.
 *
 * @param seed an integer from 0 to 2³² − 1
 * @param stream integers that identify the purpose, such as `streams.order, epoch`
 */
export function uniform(seed: number, ...stream: readonly number[]): () => number {
  const words = [1, 2, 3, 4].map((salt) => finish([seed, ...stream, stream.length].reduce<number>(mix, salt)));
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
