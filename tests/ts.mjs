// Runs a TypeScript script under Node as Vite reads it: node tests/ts.mjs SCRIPT.ts [arguments]
import { runnerImport } from "vite";

const [script = ""] = process.argv.splice(2, 1);
await runnerImport(script, { configFile: false });
