/**
 * `npm run bench -- [--json | --readme] [engines | page] [NETWORK …]`: steps per second of the engines and of their peers, and the
 * page's start, frames and redraws, in one browser on this machine. Prints two tables, with --json one object. With --readme the
 * tables are also written into README.md and tests/bench/README.md; this needs the whole benchmark.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { build, preview } from "vite";
import { ensureBrowser, launchOptions } from "../browser";
import { type NetworkName, networks } from "./engines/networks";
import { timeEngines } from "./engines/timeEngines";
import { timePage } from "./page/timePage";
import { type BenchResult, readmesWith } from "./readme";
import { engineTable, pageTable } from "./tables";

const json = process.argv.includes("--json");
const readme = process.argv.includes("--readme");
const only = ["engines", "page"].find((part) => process.argv.includes(part));
const named = (Object.keys(networks) as NetworkName[]).filter((name) => process.argv.includes(name));
const log = (line: string) => console.error(line);

if (readme && (only || named.length > 0)) {
  console.error(`--readme: found ${[only, ...named].filter(Boolean).join(" ")}; allowed: the whole benchmark`);
  process.exit(1);
}

// A missing marker is reported now, not after the measurements.
if (readme) readmesWith({ machine: "", renderer: "", ratios: [], page: null });

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

process.env.CHROME_PATH = ensureBrowser();
const browser = await chromium.launch(launchOptions());
try {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}`;
  const engines =
    only === "page"
      ? null
      : await withBuild("tests/bench/engines/index.html", async (address) => {
          const page = await browser.newPage();
          await page.goto(`${address}tests/bench/engines/index.html`);
          return {
            renderer: await page.evaluate(() => window.bench.renderer()),
            ratios: await timeEngines(page, named.length > 0 ? named : (Object.keys(networks) as NetworkName[]), log),
          };
        });
  const page = only === "engines" ? null : await withBuild(null, (address) => timePage(browser, address, log));
  const result: BenchResult = { machine, renderer: engines?.renderer, ratios: engines?.ratios ?? [], page };
  if (json) {
    console.log(JSON.stringify(result));
  } else {
    console.log(`\n${machine}${engines ? `, ${engines.renderer}` : ""}\n`);
    if (engines) console.log(`${engineTable(engines.ratios)}\n`);
    if (page) console.log(`${pageTable(page)}\n`);
  }
  if (readme) for (const [path, text] of Object.entries(readmesWith(result))) writeFileSync(path, text);
} finally {
  await browser.close();
}
