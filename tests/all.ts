/**
 * `npm test`: every check, the independent ones side by side, up to the first failure. Prints the time of every stage and the
 * slowest tests, and as its last line the number of tests passed and failed.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { ensureBrowser } from "./browser";
import { ensureOtherBrowsers, type OtherBrowser, otherBrowsers } from "./browsers/find";
import { readReport, type TestTime } from "./reports";

interface Stage {
  readonly heading: string;
  readonly command: string;
  /** The JSON report that the command writes about its tests. */
  readonly report?: string;
}

const vitest = (heading: string, project: string): Stage => {
  const report = `test-results/${project}.json`;
  const reporters = `--reporter=default --reporter=json --outputFile.json=${report}`;
  return { heading, command: `vitest run --project ${project} ${reporters}`, report };
};

const playwright = (heading: string, ...projects: readonly string[]): Stage => {
  const report = `test-results/${projects[0]}.json`;
  return { heading, command: `playwright test --config tests --project ${projects.join(" --project ")}`, report };
};

/** Groups in order; the stages of one group run at the same time. Tests that measure time run alone. */
const groups = (others: readonly OtherBrowser[]): readonly (readonly Stage[])[] => [
  [
    vitest("Unit tests", "unit"),
    { heading: "Build", command: "vite build --logLevel warn && npm run build:single -- --logLevel warn" },
    { heading: "Types", command: "tsc" },
    { heading: "Lint", command: "npm run lint --silent" },
  ],
  [
    playwright(
      `End to end in ${["Chromium", ...others.map((key) => otherBrowsers[key].name)].join(", ")}`,
      "cpu",
      "webgl",
      ...others,
    ),
    vitest("WebGL in Chromium", "gpu"),
  ],
  [playwright("End to end, timed", "timed")],
];

let [passed, failed] = [0, 0];
const minutes: string[] = [];
const times: TestTime[] = [];

/**
 * Runs one stage and adds its tests to the counts.
 * @param prints whether the stage prints its output at once; the output of another stage is printed when the stage ends
 */
async function run({ heading, command, report }: Stage, prints: boolean): Promise<void> {
  if (report) rmSync(report, { force: true });
  if (prints) console.log(`\n=== ${heading} ===\n`);
  // Each command chooses its own NODE_ENV, as it does when run alone.
  const { NODE_ENV: _, ...env } = process.env;
  const start = performance.now();
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", prints ? "inherit" : "pipe", prints ? "inherit" : "pipe"],
    // Vitest ignores the variable.
    env: { ...env, ...(report && { PLAYWRIGHT_JSON_OUTPUT_FILE: report }) },
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => output.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  if (!prints) console.log(`\n=== ${heading} ===\n\n${Buffer.concat(output).toString()}`);
  minutes.push(`${((performance.now() - start) / 60_000).toFixed(1)} min  ${heading}`);
  const tests = readReport(report);
  times.push(...tests.times);
  passed += tests.passed;
  // A command can fail without a failed test: lint, types, build, or a suite that cannot start.
  failed += status === 0 ? tests.failed : Math.max(1, tests.failed);
}

try {
  process.env.CHROME_PATH = ensureBrowser();
  for (const group of groups(ensureOtherBrowsers())) {
    await Promise.all(group.map((stage, at) => run(stage, at === 0)));
    if (failed > 0) break;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
const slowest = times.sort((a, b) => b.ms - a.ms).slice(0, 10);
console.log(`\nStages:\n  ${minutes.join("\n  ")}`);
console.log(
  `\nSlowest tests:\n  ${slowest.map(({ ms, name }) => `${(ms / 1000).toFixed(1)} s  ${name}`).join("\n  ")}`,
);
console.log(`\n${passed} passed, ${failed} failed`);
