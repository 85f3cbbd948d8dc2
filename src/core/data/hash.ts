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
 * Four hashes of 32 bits each of the 32-bit integers of all parts in order. Not cryptographic. The lengths of the parts are not
 * hashed.
 */
export function hashOf(...parts: readonly ArrayLike<number>[]): number[] {
  return [1, 2, 3, 4].map((salt) => {
    let hash = salt;
    for (const part of parts) for (let i = 0; i < part.length; i++) hash = mix(hash, part[i] as number);
    return finish(hash);
  });
}
