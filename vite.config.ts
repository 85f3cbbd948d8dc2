import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import manifest from "./package.json" with { type: "json" };
import { cssLayersPlugin } from "./src/build/cssLayersPlugin.ts";
import { offlinePlugin } from "./src/build/offlinePlugin.ts";
import { pagePlugin } from "./src/build/pagePlugin.ts";
import { singleFilePlugin } from "./src/build/singleFilePlugin.ts";
import { texPlugin } from "./src/build/texPlugin.ts";
import { wasmPlugin } from "./src/build/wasmPlugin.ts";

/** `--mode single`: the page as one file, to be opened from a disk. */
export default defineConfig(({ mode }) => ({
  // Relative addresses: the built page runs from any folder of any server.
  base: "./",
  plugins: [
    react(),
    cssLayersPlugin(),
    texPlugin(),
    wasmPlugin(),
    ...(mode === "single" ? [singleFilePlugin("alphascope.html")] : [pagePlugin(), offlinePlugin()]),
  ],
  define: { __APP_VERSION__: JSON.stringify(manifest.version) },
  worker: { format: "es", plugins: () => [wasmPlugin()] },
  build: {
    target: "es2022",
    // The page's policy allows fonts from its own address only, none in a style sheet.
    assetsInlineLimit: 0,
    // One style sheet: a panel that is loaded late appears with its styles.
    cssCodeSplit: false,
    outDir: mode === "single" ? "dist-single" : "dist",
    // One chunk of React, recharts and the page; its size is tested end to end.
    chunkSizeWarningLimit: 1000,
  },
  test: { projects: ["tests/unit/vitest.config.ts", "tests/gpu/vitest.config.ts"] },
}));
