import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { cspPlugin } from "./build/cspPlugin.ts";
import { offlinePlugin } from "./build/offlinePlugin.ts";
import manifest from "./package.json" with { type: "json" };
import { texPlugin } from "./src/ui/formulas/texPlugin.ts";

export default defineConfig({
  // Relative addresses: the built page runs from any folder of any server.
  base: "./",
  plugins: [react(), texPlugin(), cspPlugin(), offlinePlugin()],
  define: { __APP_VERSION__: JSON.stringify(manifest.version) },
  worker: { format: "es" },
  // One chunk of React, recharts and the page; what it may weigh is tested end to end.
  build: { target: "es2022", chunkSizeWarningLimit: 1000 },
  test: { projects: ["tests/unit/vitest.config.ts", "tests/gpu/vitest.config.ts"] },
});
