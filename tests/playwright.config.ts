import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser";

/**
 * Three projects in Chromium. Untagged tests train on the CPU and run side by side. Tests with the tag @webgl share the software GPU and
 * run one at a time. Tests with the tag @timed measure time, frames or memory and therefore run alone. The projects of the other
 * browsers run the tests in `browsers/`, one at a time in each browser.
 *
 * A free worker takes the first test in the order of the projects whose project has fewer workers than its limit. The projects with one
 * worker are therefore first: the tests of `cpu` take the other workers.
 */
export default defineConfig({
  snapshotPathTemplate: "e2e/pictures/{arg}{ext}",
  testDir: "e2e",
  outputDir: "../test-results/artifacts",
  globalSetup: "./e2e/server.ts",
  fullyParallel: true,
  workers: 4,
  projects: [
    { name: "webgl", grep: /@webgl/, grepInvert: /@timed/, workers: 1 },
    { name: "firefox", testDir: "browsers", workers: 1 },
    { name: "webkit", testDir: "browsers", workers: 1 },
    { name: "cpu", grepInvert: /@webgl|@timed/ },
    { name: "timed", grep: /@timed/, workers: 1 },
  ],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Other processes of a shared machine can delay the browser; a test that fails twice is broken. A test that passes at the
  // retry is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "../test-results/e2e.json" }]],
  use: {
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    // A service worker would fetch the page a second time during a test, and answer in place of a route that a test breaks.
    serviceWorkers: "block",
  },
});
