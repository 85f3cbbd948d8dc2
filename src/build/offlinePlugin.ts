import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** The files of the built page that the service worker caches. */
export interface Precache {
  /** A hash over all files. */
  readonly version: string;
  /** The path relative to the page's folder (empty for the page itself), and the content's hash in the form of an `integrity` attribute. */
  readonly files: readonly (readonly [path: string, integrity: string])[];
}

/** Files that the page never requests. */
const excluded = /(^|\/)(LICENSE|README)|\.map$|^serviceWorker\.js$/;

/** Builds src/app/offline/serviceWorker.ts next to the page and replaces `__PRECACHE__` in it by the list of files. */
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
      // After the plugins that add the page, the styles and the workers to the bundle.
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

/** The files to cache among these paths and contents, sorted by path. */
export function precacheOf(files: readonly (readonly [path: string, content: string | Uint8Array])[]): Precache {
  const cached = files
    .filter(([path]) => !excluded.test(path))
    .map(([path, content]) => [path === "index.html" ? "" : path, `sha256-${hash(content)}`] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: hash(JSON.stringify(cached)).slice(0, 12), files: cached };
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
