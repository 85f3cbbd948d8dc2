import { defineProject } from "vitest/config";
import { texPlugin } from "../../src/build/texPlugin.ts";

export default defineProject({
  plugins: [texPlugin()],
  cacheDir: "../../node_modules/.vite",
  define: { __APP_VERSION__: JSON.stringify("0.0.0-test") },
  // Long enough for a machine that is busy with other things: nothing here is about time.
  test: { name: "unit", include: ["**/*.test.{ts,tsx}"], testTimeout: 30_000 },
});
