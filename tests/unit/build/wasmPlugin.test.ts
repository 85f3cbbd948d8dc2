import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wasmPlugin } from "../../../src/build/wasmPlugin";

const root = mkdtempSync(join(tmpdir(), "alphascope-"));
let server: ViteDevServer;

beforeAll(async () => {
  const plugins = [wasmPlugin()];
  server = await createServer({
    root,
    plugins,
    configFile: false,
    logLevel: "silent",
    server: { middlewareMode: true },
  });
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

/** The module that an import of this AssemblyScript gives. */
async function imported(name: string, source: string): Promise<{ readonly base64: string }> {
  writeFileSync(join(root, name), source);
  return (await server.ssrLoadModule(`/${name}?wasm`)) as { readonly base64: string };
}

test("wasmPlugin gives the compiled binary of an AssemblyScript module as base64", async () => {
  const { base64 } = await imported("twice.ts", "export function twice(x: f64): f64 { return 2 * x; }");
  const { instance } = await WebAssembly.instantiate(Buffer.from(base64, "base64"));
  expect((instance.exports as { twice(x: number): number }).twice(1.25)).toBe(2.5);
});

test("wasmPlugin fails with the message of the compiler when a module has an error", async () => {
  await expect(imported("wrong.ts", "export function wrong(): f64 { return none; }")).rejects.toThrow(/wrong.*none/s);
});
