import type { Batch, Probe } from "../engine";

/**
 * A probe that asks whichever engine answers sooner. For each kind of question the first one is put to every candidate
 * twice, the first time to let it compile, and later ones go to the quickest.
 */
export function quickestOf(candidates: readonly [Probe, ...Probe[]]): Probe {
  function race<Arguments extends unknown[], Answer>(ask: (probe: Probe, ...given: Arguments) => Promise<Answer>) {
    let quickest: Promise<Probe> | null = null;

    async function compare(given: Arguments): Promise<Probe> {
      let best: Probe = candidates[0];
      let bestMs = Number.POSITIVE_INFINITY;
      for (const candidate of candidates) {
        await ask(candidate, ...given);
        const begin = performance.now();
        await ask(candidate, ...given);
        const ms = performance.now() - begin;
        if (ms < bestMs) [best, bestMs] = [candidate, ms];
      }
      return best;
    }

    return async (...given: Arguments): Promise<Answer> => {
      if (candidates.length === 1) return ask(candidates[0], ...given);
      quickest ??= compare(given);
      return ask(await quickest, ...given);
    };
  }

  return {
    along: race((probe, theta: Float64Array, directions: readonly Float64Array[], rows: Batch) =>
      probe.along(theta, directions, rows),
    ),
    lossAlong: race((probe, theta: Float64Array, d: Float64Array, rows: Batch, alphas: Float64Array) =>
      probe.lossAlong(theta, d, rows, alphas),
    ),
  };
}
