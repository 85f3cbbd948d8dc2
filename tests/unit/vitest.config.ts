import { defineProject } from "vitest/config";
import { texPlugin } from "../../src/build/texPlugin.ts";
import { wasmPlugin } from "../../src/build/wasmPlugin.ts";

export default defineProject({
  plugins: [texPlugin(), wasmPlugin()],
  cacheDir: "../../node_modules/.vite",
  define: { __APP_VERSION__: JSON.stringify("0.0.0-test") },
  // Long enough for a busy machine: no unit test measures time.
  test: { name: "unit", include: ["**/*.test.{ts,tsx}"], testTimeout: 30_000, maxWorkers: "100%" },
});
