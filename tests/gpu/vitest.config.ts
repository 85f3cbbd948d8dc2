import { playwright } from "@vitest/browser-playwright";
import { defineProject } from "vitest/config";
import { wasmPlugin } from "../../src/build/wasmPlugin.ts";
import { launchOptions } from "../browser.ts";

export default defineProject({
  plugins: [wasmPlugin()],
  cacheDir: "../../node_modules/.vite",
  // A dependency that Vite discovers during a test would reload the page of the test.
  optimizeDeps: {
    include: [
      "@tensorflow/tfjs",
      "@tensorflow/tfjs-core",
      "@tensorflow/tfjs-backend-webgl",
      "@tensorflow/tfjs-backend-webgl/dist/base",
      "d3-array",
      "d3-random",
      "pure-rand/distribution/uniformFloat64",
      "pure-rand/generator/xoroshiro128plus",
    ],
  },
  test: {
    name: "gpu",
    include: ["**/*.test.ts"],
    // A software GPU compiles its programs on the processor.
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: launchOptions() }),
      instances: [{ browser: "chromium" }],
    },
  },
});
