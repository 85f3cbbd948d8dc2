// Runs a TypeScript script in Node with Vite's module resolution: node tests/ts.mjs SCRIPT.ts [arguments]
import { runnerImport } from "vite";

// The default of Vite's runner is "development", which would make development builds.
process.env.NODE_ENV ??= "production";
const [script = ""] = process.argv.splice(2, 1);
await runnerImport(script, { configFile: false });
