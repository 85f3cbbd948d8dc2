/**
 * `npm run bench -- [--json] [engines | page] [NETWORK …]`: steps per second beside peers, and the page's start and frames, in one
 * browser on this machine. Prints tables, or with --json one object.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { build, preview } from "vite";
import { ensureBrowser, launchOptions } from "../browser";
import { timeEngines } from "./engines";
import { type NetworkName, networks } from "./networks";
import { timePage } from "./page";
import { printFrames, printRatios } from "./print";

const json = process.argv.includes("--json");
const only = ["engines", "page"].find((part) => process.argv.includes(part));
const named = (Object.keys(networks) as NetworkName[]).filter((name) => process.argv.includes(name));
const log = (line: string) => console.error(line);

/** Builds `input` (or the page itself) into a folder of its own, serves it and hands its address to `use`. */
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
  const ratios =
    only === "page"
      ? null
      : await withBuild("tests/bench/index.html", async (address) => {
          const page = await browser.newPage();
          await page.goto(`${address}tests/bench/index.html`);
          return {
            renderer: await page.evaluate(() => window.bench.renderer()),
            list: await timeEngines(page, named.length > 0 ? named : (Object.keys(networks) as NetworkName[]), log),
          };
        });
  const page = only === "engines" ? null : await withBuild(null, (address) => timePage(browser, address, log));
  if (json) {
    console.log(JSON.stringify({ machine, renderer: ratios?.renderer, ratios: ratios?.list ?? [], page }));
  } else {
    console.log(`\n${machine}${ratios ? `, ${ratios.renderer}` : ""}\n`);
    if (ratios) printRatios(ratios.list);
    if (page) printFrames(page);
  }
} finally {
  await browser.close();
}
