/** `npm test`: every check in order, up to the first that fails, and last the number of tests as one line. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { ensureBrowser } from "./browser";

interface Stage {
  readonly heading: string;
  readonly command: string;
  /** The JSON report in which the command counts its tests. */
  readonly report?: string;
}

/** The parts of Vitest's and Playwright's JSON reports that count. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly stats?: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
}

const vitest = (heading: string, project: string): Stage => {
  const report = `test-results/${project}.json`;
  const reporters = `--reporter=default --reporter=json --outputFile.json=${report}`;
  return { heading, command: `vitest run --project ${project} ${reporters}`, report };
};

const stages: readonly Stage[] = [
  { heading: "Lint", command: "biome ci --error-on-warnings" },
  { heading: "Types", command: "tsc" },
  vitest("Unit tests", "unit"),
  { heading: "Build", command: "vite build --logLevel warn" },
  vitest("WebGL in Chromium", "gpu"),
  { heading: "End to end", command: "playwright test --config tests", report: "test-results/e2e.json" },
];

let [passed, failed] = [0, 0];
try {
  process.env.CHROME_PATH = ensureBrowser();
  for (const stage of stages) {
    console.log(`\n=== ${stage.heading} ===\n`);
    if (stage.report) rmSync(stage.report, { force: true });
    // Each command is to choose its own NODE_ENV, as it would when run by hand.
    const { NODE_ENV: _, ...env } = process.env;
    const { status } = spawnSync(stage.command, { stdio: "inherit", shell: true, env });
    const counts = countsOf(stage);
    passed += counts.passed;
    // A command may fail without failing a test: lint, types, build, or a suite that cannot start.
    failed += status === 0 ? counts.failed : Math.max(1, counts.failed);
    if (status !== 0) break;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);

function countsOf({ report }: Stage): { passed: number; failed: number } {
  if (!report || !existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, stats } = JSON.parse(readFileSync(report, "utf8")) as Report;
  return stats
    ? { passed: stats.expected + stats.flaky, failed: stats.unexpected }
    : { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
}
