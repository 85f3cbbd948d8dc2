/**
 * `npm run bench -- [--json | --readme] [engines | page | questions] [NETWORK …]`: steps per second of the engines and of their
 * peers, the page's start, frames and redraws, and training beside questions, in Chromium on this machine; the cpu engine in Firefox
 * too. Prints three tables, with --json one object. With --readme the tables are also written into tests/bench/README.md, and that of
 * engines and page into README.md; this needs all networks.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { build, preview } from "vite";
import { ensureBrowser, launchOptions } from "../browser";
import { type NetworkName, networks } from "./engines/networks";
import { type InPage, type Ratio, timeEngines } from "./engines/timeEngines";
import { withFirefox } from "./engines/timeFirefox";
import { timePage } from "./page/timePage";
import { questionedRuns } from "./questions/runs";
import { timeQuestions } from "./questions/timeQuestions";
import { type BenchResult, readmesWith } from "./readme";
import { engineTable, pageTable, questionTable } from "./tables";

const json = process.argv.includes("--json");
const readme = process.argv.includes("--readme");
const only = ["engines", "page", "questions"].find((part) => process.argv.includes(part));
const named = (Object.keys(networks) as NetworkName[]).filter((name) => process.argv.includes(name));
const log = (line: string) => console.error(line);

if (readme && named.length > 0) {
  console.error(`--readme: found ${named.join(" ")}; allowed: all networks`);
  process.exit(1);
}

// A missing marker is reported now, not after the measurements.
if (readme) readmesWith({ machine: "", renderer: "", ratios: [], page: null, questions: [] });

const runs = (part: "engines" | "page" | "questions") => only === undefined || only === part;

/** Builds `input` (null: the page) into a temporary folder, serves the build and calls `use` with its address. */
async function withBuild<T>(input: string | null, use: (address: string) => Promise<T>): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), "alphascope-"));
  const options = { outDir, emptyOutDir: true, ...(input && { rolldownOptions: { input } }) };
  await build({ build: options, logLevel: "warn" });
  const server = await preview({ build: { outDir }, preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
  try {
    return await use(server.resolvedUrls?.local[0] ?? "");
  } finally {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Opens the page of the engines, calls `use` with it and its address, and closes it. */
const withEngines = <T>(use: (page: Page, address: string) => Promise<T>): Promise<T> =>
  withBuild("tests/bench/engines/index.html", async (server) => {
    const address = `${server}tests/bench/engines/index.html`;
    const page = await browser.newPage();
    await page.goto(address);
    const result = await use(page, address);
    await page.close();
    return result;
  });

/** The name of the GPU, and the ratios of the named networks, in Firefox too. */
async function allRatios(page: Page, address: string): Promise<{ renderer: string; ratios: Ratio[] }> {
  const inPage: InPage = (call, argument) => page.evaluate(call as (argument: unknown) => never, argument);
  const names = named.length > 0 ? named : (Object.keys(networks) as NetworkName[]);
  const renderer = await page.evaluate(() => window.bench.renderer());
  return { renderer, ratios: await withFirefox(await timeEngines(inPage, names, log), address, log) };
}

/** Steps per second of the engine of each run in a worker, without a page that draws. */
async function aloneRates(page: Page): Promise<Record<string, number>> {
  const rates: Record<string, number> = {};
  for (const run of Object.keys(questionedRuns)) {
    rates[run] = await page.evaluate((name) => window.bench.alone(name), run);
  }
  return rates;
}

process.env.CHROME_PATH = ensureBrowser();
const browser = await chromium.launch(launchOptions());
try {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}`;
  const engines = runs("engines") ? await withEngines(allRatios) : null;
  const page = runs("page") ? await withBuild(null, (address) => timePage(browser, address, log)) : null;
  const alone = runs("questions") ? await withEngines(aloneRates) : {};
  const questions = runs("questions")
    ? await withBuild(null, (address) => timeQuestions(browser, address, alone, log))
    : [];
  const result: BenchResult = { machine, renderer: engines?.renderer, ratios: engines?.ratios ?? [], page, questions };
  if (json) {
    console.log(JSON.stringify(result));
  } else {
    console.log(`\n${machine}${engines ? `, ${engines.renderer}` : ""}\n`);
    if (engines) console.log(`${engineTable(engines.ratios)}\n`);
    if (page) console.log(`${pageTable(page)}\n`);
    if (questions.length > 0) console.log(`${questionTable(questions)}\n`);
  }
  if (readme) for (const [path, text] of Object.entries(readmesWith(result))) writeFileSync(path, text);
} finally {
  await browser.close();
}
