import { defineProject } from "vitest/config";

export default defineProject({
  cacheDir: "../../node_modules/.vite",
  define: { __APP_VERSION__: JSON.stringify("0.0.0-test") },
  test: { name: "unit", include: ["**/*.test.{ts,tsx}"] },
});
