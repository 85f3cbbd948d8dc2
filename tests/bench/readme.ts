import { readFileSync } from "node:fs";
import { type NetworkName, networks } from "./engines/networks";
import type { Ratio } from "./engines/timeEngines";
import { type PageTimes, stepRateName } from "./page/pageTimes";
import type { Questioned } from "./questions/timeQuestions";
import { engineTable, formatRate, formatRatio, pageTable, questionTable, table } from "./tables";

/** One run of the benchmark, as `--json` prints it. */
export interface BenchResult {
  /** Processor and browser. */
  readonly machine: string;
  /** The GPU as WebGL names it; undefined where no engine was timed. */
  readonly renderer: string | undefined;
  readonly ratios: readonly Ratio[];
  /** null where the page was not timed. */
  readonly page: PageTimes | null;
  /** Empty where questions were not timed. */
  readonly questions: readonly Questioned[];
}

/**
 * The contents of this folder's README and of the project's with the tables of the measured parts, by path; the project's speed table
 * needs the engines and the page. Throws where a file has no markers for a table, measured or not.
 */
export function readmesWith(result: BenchResult): Record<string, string> {
  const machine = `Measured on ${result.machine}, ${result.renderer}.`;
  const { ratios, page, questions } = result;
  return {
    "tests/bench/README.md": withBlocks("tests/bench/README.md", {
      engines: ratios.length > 0 ? `${machine}\n\n${escaped(engineTable(ratios))}` : null,
      page: page && escaped(pageTable(page)),
      questions: questions.length > 0 ? questionTable(questions) : null,
    }),
    "README.md": withBlocks("README.md", {
      speed: ratios.length > 0 && page ? `${speedTable(result)}\n\n${machine}` : null,
    }),
  };
}

/** The text of a file with other blocks between their markers; null leaves a block as it is. */
function withBlocks(path: string, blocks: Readonly<Record<string, string | null>>): string {
  return Object.entries(blocks).reduce(
    (text, [name, block]) => withBlock(text, name, block, path),
    readFileSync(path, "utf8"),
  );
}

/**
 * The text with another block between its markers `<!-- bench: NAME -->` and `<!-- bench end -->`.
 * Throws where the markers are missing.
 *
 * @param block null returns the text as it is
 * @param path the file's name, for the message
 */
export function withBlock(text: string, name: string, block: string | null, path: string): string {
  const [start, end] = [`<!-- bench: ${name} -->`, "<!-- bench end -->"];
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${path}: found no block ${start} … ${end}`);
  return block === null ? text : `${text.slice(0, from + start.length)}\n\n${block}\n\n${text.slice(to)}`;
}

/** Steps per second of both engines on every network, with the ratio to tfjs on the same backend, and of the whole page. */
export function speedTable({ ratios, page }: Pick<BenchResult, "ratios" | "page">): string {
  const cells = (network: NetworkName, engine: Ratio["engine"]): string[] => {
    const found = ratios.find((one) => one.network === network && one.engine === engine && one.peer === peers[engine]);
    return found ? [formatRate(found.stepsPerSecond), formatRatio(found.ratio)] : ["–", "–"];
  };
  const onPage = (engine: Ratio["engine"]): string[] => [page?.[stepRateName(engine)] ?? "–", "–"];
  return table(
    ["network", "cpu, steps/s", "to tfjs cpu", "webgl, steps/s", "to tfjs webgl"],
    [
      ...(Object.keys(networks) as NetworkName[]).map((name) => [name, ...cells(name, "cpu"), ...cells(name, "webgl")]),
      ["10-5-1, page with all panels", ...onPage("cpu"), ...onPage("webgl")],
    ],
  );
}

/** tfjs's Adam on the engine's own kind of backend, without reading results. */
const peers = { cpu: "tfjs-cpu-unread", webgl: "tfjs-webgl-unread" } as const;

/** Asterisks in Markdown text, as in α*, are escaped. */
const escaped = (text: string): string => text.replaceAll("*", "\\*");
