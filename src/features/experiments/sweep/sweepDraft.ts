import { defaultSweep, type SecondKey, type Sweep } from "../../../core/experiment/sweep";
import { parseSweep, sweepText } from "../../../core/experiment/sweepText";

/** A sweep as the texts of its form. */
export interface SweepDraft {
  readonly from: string;
  readonly to: string;
  readonly count: string;
  readonly seeds: string;
  readonly steps: string;
  readonly second: SecondKey | null;
  /** Separated by commas. */
  readonly values: string;
}

/** Values that a person may start from, when another setting is chosen. */
export const usualValues: Readonly<Record<SecondKey, string>> = {
  batchSize: "8,32,128",
  beta1: "0,0.9,0.99",
  optimiser: "sgd,momentum,adam",
  sigma: "0.5,1,2",
};

export function draftOf({ rates, second, seeds, steps }: Sweep): SweepDraft {
  return {
    from: numberText(rates.from),
    to: numberText(rates.to),
    count: String(rates.count),
    seeds: String(seeds),
    steps: String(steps),
    second: second?.key ?? null,
    values: second?.values.join(",") ?? "",
  };
}

export const defaultDraft = draftOf(defaultSweep);

/** The sweep of a form, or its faults. */
export function readDraft(draft: SweepDraft): { readonly sweep: Sweep | null; readonly errors: readonly string[] } {
  const { from, to, count, seeds, steps, second, values } = draft;
  const rates = count.trim() === "1" ? from : `${from}..${to}:${count}`;
  const parts = [`lr:${rates}`, `seeds:${seeds}`, `steps:${steps}`, ...(second ? [`${second}:${values}`] : [])];
  // A separator in a field would begin another part.
  const isWhole = [from, to, count, seeds, steps, values].every((text) => !/[;:]/.test(text));
  const { sweep, errors } = parseSweep(parts.join(";"));
  if (!isWhole)
    return { sweep: null, errors: ["fields: found a semicolon or a colon; allowed: numbers, names and commas"] };
  return { sweep: errors.length === 0 ? sweep : null, errors };
}

/** The link of a run with a sweep. @param link of the run, without view parameters */
export function sweepLink(link: string, sweep: Sweep): string {
  const [page, ...hash] = link.split("#");
  return [`${page}?sweep=${sweepText(sweep)}`, ...hash].join("#");
}

function numberText(x: number): string {
  return x < 1e-3 ? x.toExponential().replace("e+", "e") : String(x);
}
