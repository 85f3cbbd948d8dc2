import type { Tab } from "../../browsers/tab";
import { median } from "../median";
import { compileLimit } from "./limit";
import type { NetworkName } from "./networks";

/** Speed of an engine on a network, compared with one peer. */
export interface Ratio {
  readonly network: NetworkName;
  readonly engine: "webgl" | "cpu";
  readonly peer: string;
  readonly stepsPerSecond: number;
  /** The engine's steps per second divided by the peer's. */
  readonly ratio: number;
  /** The same ratio in Firefox, where it was measured. */
  readonly firefox?: number;
}

const peersOf = {
  webgl: ["tfjs-webgl-unread", "tfjs-webgl-read", "nested-tape"],
  cpu: ["loops", "limit-c", "jax-js", "tfjs-cpu-unread", "tfjs-webgl-unread"],
} as const;

const rounds = 7;
const roundMs = 700;

/** Calls a function in the page of the engines. */
export type InPage = Tab["evaluate"];

/** Times all contestants on these networks in one page. Returns the ratios of the medians. */
export async function timeEngines(
  inPage: InPage,
  names: readonly NetworkName[],
  log: (line: string) => void,
): Promise<Ratio[]> {
  const limit = compileLimit();
  const ratios: Ratio[] = [];
  for (const network of names) {
    const speed = await speedsOf(inPage, network, null, network === "10-5-1" ? limit : null);
    log(`${network}: ${listOf(speed)}`);
    ratios.push(...ratiosOf(network, speed));
  }
  return ratios;
}

/**
 * Median steps per second of contestants on a network, in alternating rounds.
 * @param chosen the contestants; null for all
 * @param limit gives the steps per second of the C program, the contestant `limit-c`
 */
export async function speedsOf(
  inPage: InPage,
  network: NetworkName,
  chosen: readonly string[] | null,
  limit: (() => number) | null,
): Promise<Record<string, number>> {
  const time = (name: string, steps: number) =>
    inPage(([name, steps]) => window.bench.time(name, steps), [name, steps] as const);
  const contestants = await inPage(([network, chosen]) => window.bench.open(network, chosen), [
    network,
    chosen,
  ] as const);
  const steps: Record<string, number> = {};
  for (const name of contestants) steps[name] = await stepsFor(name, time);
  const rates: Record<string, number[]> = Object.fromEntries(contestants.map((name) => [name, []]));
  if (limit) rates["limit-c"] = [];
  for (let round = 0; round < rounds; round++) {
    for (const name of contestants) {
      const count = steps[name] ?? 1;
      rates[name]?.push((1000 * count) / (await time(name, count)));
    }
    if (limit) rates["limit-c"]?.push(limit());
  }
  await inPage(() => window.bench.close().then(() => null), null);
  return Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)]));
}

/** Speeds as text, for the log. */
export const listOf = (speed: Readonly<Record<string, number>>): string =>
  Object.entries(speed)
    .map(([name, rate]) => `${name} ${rate.toPrecision(4)}`)
    .join(", ");

/** The number of steps in one round, after a warm-up that compiles programs and optimises loops. */
async function stepsFor(name: string, time: (name: string, steps: number) => Promise<number>): Promise<number> {
  let steps = 4;
  await time(name, steps);
  for (;;) {
    const ms = await time(name, steps);
    if (ms > roundMs / 4) return Math.max(2, Math.round((steps * roundMs) / ms));
    steps *= 2;
  }
}

function ratiosOf(network: NetworkName, speed: Record<string, number>): Ratio[] {
  return (["webgl", "cpu"] as const).flatMap((engine) => {
    const stepsPerSecond = speed[engine] as number;
    const against = (peer: string, key: string): Ratio[] =>
      speed[key] === undefined ? [] : [{ network, engine, peer, stepsPerSecond, ratio: stepsPerSecond / speed[key] }];
    return [
      ...peersOf[engine].flatMap((peer) => against(peer, peer)),
      ...against("unjudged", `${engine}-unjudged`),
      ...against("unmeasured", `${engine}-unmeasured`),
    ];
  });
}
