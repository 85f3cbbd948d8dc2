import { execSync } from "node:child_process";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { preview } from "vite";

const root = resolve(import.meta.dirname, "../..");
const builtAt = (path: string) => statSync(resolve(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Builds the single file unless it is newer than the page, and serves the built page on a free port until the tests have run. */
export default async function serve(): Promise<() => Promise<void>> {
  if (builtAt("dist-single/alphascope.html") < builtAt("dist/index.html")) {
    // The test runner sets a NODE_ENV that a user's build does not have.
    const { NODE_ENV: _, ...env } = process.env;
    execSync("npm run build:single -- --logLevel warn", { cwd: root, env, stdio: "pipe" });
  }
  const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("The preview server has no port.");
  process.env.ALPHASCOPE_URL = `http://127.0.0.1:${address.port}/`;
  return () => server.close();
}
