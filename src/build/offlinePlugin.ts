import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** What the service worker keeps: the files of the built page. */
export interface Precache {
  /** Differs wherever any file does. */
  readonly version: string;
  /** Path from the page's folder (empty for the page itself), and the hash its content must have, as in `integrity`. */
  readonly files: readonly (readonly [path: string, integrity: string])[];
}

/** Files that the page itself never asks for. */
const notKept = /(^|\/)(LICENSE|README)|\.map$|^serviceWorker\.js$/;

/** Builds src/app/offline/serviceWorker.ts beside the page, with the list of all files of the page put into it. */
export function offlinePlugin(): Plugin {
  let publicDir = "";
  return {
    name: "offline",
    apply: "build",
    configResolved(config) {
      publicDir = config.publicDir;
    },
    buildStart() {
      this.emitFile({ type: "chunk", id: "src/app/offline/serviceWorker.ts", fileName: "serviceWorker.js" });
    },
    generateBundle: {
      // After the plugins that put page, styles and workers into the bundle.
      order: "post",
      handler(_, bundle) {
        const built = Object.values(bundle).map(
          (file) => [file.fileName, file.type === "chunk" ? file.code : file.source] as const,
        );
        const precache = precacheOf([...built, ...filesIn(publicDir)]);
        const worker = bundle["serviceWorker.js"];
        if (worker?.type !== "chunk" || worker.imports.length > 0) {
          this.error("The service worker must be one script that imports nothing.");
        }
        worker.code = worker.code.replace("__PRECACHE__", () => JSON.stringify(precache));
      },
    },
  };
}

/** The list of what is to be kept among these files, each a path and its content. */
export function precacheOf(files: readonly (readonly [path: string, content: string | Uint8Array])[]): Precache {
  const kept = files
    .filter(([path]) => !notKept.test(path))
    .map(([path, content]) => [path === "index.html" ? "" : path, `sha256-${hash(content)}`] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: hash(JSON.stringify(kept)).slice(0, 12), files: kept };
}

const hash = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("base64");

function filesIn(folder: string): (readonly [string, Uint8Array])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path)] as const;
    });
}
