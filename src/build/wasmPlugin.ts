import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** Marks the import of an AssemblyScript module. */
const suffix = "?wasm";

/** No runtime: the module manages its memory itself. */
const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--use", "abort="];

/** Compiled modules by the text of their folder: the page, the worker and a second project compile a module once. */
const compiled = new Map<string, Promise<Uint8Array>>();

/**
 * Lets modules import AssemblyScript as a WebAssembly binary, `import { base64 } from "./folder/index.ts?wasm"`. The binary is a
 * text inside the script: it needs no request, and the single-file page contains it.
 */
export function wasmPlugin(): Plugin {
  return {
    name: "wasm",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const entry = id.slice(0, -suffix.length);
      const folder = dirname(entry);
      const hash = createHash("sha256");
      for (const name of readdirSync(folder).sort()) {
        if (!name.endsWith(".ts")) continue;
        this.addWatchFile(join(folder, name));
        hash.update(readFileSync(join(folder, name)));
      }
      const key = hash.digest("hex");
      const binary = compiled.get(key) ?? compile(entry);
      compiled.set(key, binary);
      return { code: `export const base64 = "${Buffer.from(await binary).toString("base64")}";`, map: null };
    },
  };
}

/** @throws Error with the messages of the compiler */
async function compile(entry: string): Promise<Uint8Array> {
  // Loaded on demand: the compiler is large, and few tests need it.
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main([entry, "--outFile", "module.wasm", ...options], {
    writeFile(_, content) {
      binary = typeof content === "string" ? null : content;
    },
  });
  if (error || !binary) throw new Error(`${entry} cannot be compiled: ${stderr.toString()}`, { cause: error });
  return binary;
}
