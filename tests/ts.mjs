// Runs a TypeScript script under Node as Vite reads it: node tests/ts.mjs SCRIPT.ts [arguments]
import { runnerImport } from "vite";

// Left unset, Vite's runner makes it "development", and what the script builds would be a development build.
process.env.NODE_ENV ??= "production";
const [script = ""] = process.argv.splice(2, 1);
await runnerImport(script, { configFile: false });
