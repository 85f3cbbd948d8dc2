import type { DirectionalLoss } from "../directionalLoss";

/**
 * A directional loss that uses the fastest of several candidates. The first call of each method is made of every candidate
 * twice, so that compilation is not part of the second call's time. All calls go to the candidate with the shortest second
 * call.
 */
export function fastestOf(candidates: readonly [DirectionalLoss, ...DirectionalLoss[]]): DirectionalLoss {
  function fastestMethod<Arguments extends unknown[], Result>(
    call: (candidate: DirectionalLoss, ...given: Arguments) => Promise<Result>,
  ) {
    let fastest: Promise<DirectionalLoss> | null = null;

    async function race(given: Arguments): Promise<DirectionalLoss> {
      let best: DirectionalLoss = candidates[0];
      let bestMs = Number.POSITIVE_INFINITY;
      for (const candidate of candidates) {
        await call(candidate, ...given);
        const begin = performance.now();
        await call(candidate, ...given);
        const ms = performance.now() - begin;
        if (ms < bestMs) [best, bestMs] = [candidate, ms];
      }
      return best;
    }

    return async (...given: Arguments): Promise<Result> => {
      if (candidates.length === 1) return call(candidates[0], ...given);
      fastest ??= race(given);
      return call(await fastest, ...given);
    };
  }

  return {
    derivatives: fastestMethod((candidate, ...given: Parameters<DirectionalLoss["derivatives"]>) =>
      candidate.derivatives(...given),
    ),
    values: fastestMethod((candidate, ...given: Parameters<DirectionalLoss["values"]>) => candidate.values(...given)),
  };
}
