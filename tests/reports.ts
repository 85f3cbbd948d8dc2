/** Reads the JSON reports of Vitest and Playwright. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface TestTime {
  readonly ms: number;
  /** File and title. */
  readonly name: string;
}

export interface Tests {
  readonly passed: number;
  readonly failed: number;
  readonly times: readonly TestTime[];
}

/** The parts of Vitest's report that are read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly duration?: number | null }[];
  }[];
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[];
  }[];
}

/** The parts of Playwright's report that are read here. A flaky test is one that passed at a retry. */
interface PlaywrightReport {
  readonly suites: readonly Suite[];
  readonly stats: { readonly expected: number; readonly flaky: number; readonly unexpected: number };
}

/** Counts and times of the tests in a report; zero tests where there is no report or no such file. */
export function readReport(path: string | undefined): Tests {
  if (!path || !existsSync(path)) return { passed: 0, failed: 0, times: [] };
  const report = JSON.parse(readFileSync(path, "utf8")) as VitestReport | PlaywrightReport;
  return "stats" in report ? ofPlaywright(report) : ofVitest(report);
}

const ofVitest = ({ numPassedTests, numFailedTests, testResults }: VitestReport): Tests => ({
  passed: numPassedTests,
  failed: numFailedTests,
  times: testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({
      ms: duration ?? 0,
      name: `${relative("", name)}: ${fullName}`,
    })),
  ),
});

function ofPlaywright({ suites, stats }: PlaywrightReport): Tests {
  const specsIn = (suite: Suite): Suite["specs"] => [...suite.specs, ...(suite.suites ?? []).flatMap(specsIn)];
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    times: suites.flatMap(specsIn).map(({ title, file, tests }) => ({
      ms: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
      name: `${join("tests/e2e", file)}: ${title}`,
    })),
  };
}
