import { defineConfig } from "@playwright/test";
import { launchOptions } from "./browser";

export default defineConfig({
  snapshotPathTemplate: "e2e/pictures/{arg}{ext}",
  testDir: "e2e",
  outputDir: "../test-results",
  globalSetup: "./e2e/server.ts",
  // A software GPU takes both cores of a small machine: tests side by side would only wait for each other.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A shared machine can starve a browser of time; a test that fails twice is broken. What passed at the second try is
  // reported as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "../test-results/e2e.json" }]],
  use: {
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    // It would fetch the page a second time beside a test, and answer in place of a route that breaks something on purpose.
    serviceWorkers: "block",
  },
});
