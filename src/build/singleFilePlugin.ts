import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { policyText, wasmSource } from "./cspPlugin.ts";

/** Media types of the files that the page may contain as data: URLs. */
const mediaTypes: Readonly<Record<string, string>> = {
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Builds the page as one HTML file that contains script, styles, fonts and icon, with a policy that allows only these. */
export function singleFilePlugin(fileName: string): Plugin {
  let publicDir = "";
  return {
    name: "single-file",
    apply: "build",
    config: () => ({
      // The files of public/ are embedded below, not copied.
      build: {
        copyPublicDir: false,
        modulePreload: false,
        cssCodeSplit: false,
        assetsInlineLimit: () => true,
        rolldownOptions: { output: { codeSplitting: false } },
      },
      resolve: {
        alias: [
          { find: "./newWorker", replacement: "./newWorker.inline" },
          { find: "./dataFiles", replacement: "./dataFiles.inline" },
        ],
      },
      // A classic script has no chunks: the worker is one file.
      worker: { format: "iife" },
    }),
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const asset = (path: string) => dataUrl(path, readFileSync(join(publicDir, path)));
        const page = take(bundle, ".html");
        const script = scriptText(take(bundle, ".js"));
        const styles = take(bundle, ".css").replace(
          /url\((?!["']?data:)["']?[./]*([^)"']+)["']?\)/g,
          (_, path: string) => `url(${asset(path)})`,
        );
        const remaining = Object.keys(bundle);
        if (remaining.length > 0)
          this.error(`The single-file page cannot contain these files: ${remaining.join(", ")}`);
        this.emitFile({ type: "asset", fileName, source: singlePage(page, script, styles, asset) });
      },
    },
  };
}

/**
 * The page with script and styles inline.
 *
 * @param page the built page, with one script element and one style sheet link
 * @param asset gives the data: URL of a file in public/
 */
export function singlePage(page: string, script: string, styles: string, asset: (path: string) => string): string {
  const policy = policyText({
    "script-src": [hashSource(script), wasmSource],
    "style-src": [hashSource(styles)],
    "worker-src": ["blob:"],
    "connect-src": ["data:"],
    "font-src": ["data:"],
    "img-src": ["data:"],
    "manifest-src": ["'none'"],
  });
  return (
    page
      .replace(/\s*<link rel="(manifest|apple-touch-icon|preload)"[^>]*>/g, "")
      .replace(/(<link rel="icon" href=")\.\/([^"]+)/, (_, start: string, path: string) => start + asset(path))
      .replace("<head>", () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`)
      .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${styles}</style>`)
      // A module runs after the page is parsed, so its place in the page does not matter.
      .replace(/\s*<script type="module"[^>]*><\/script>/, "")
      .replace("</body>", () => `  <script type="module">${script}</script>\n  </body>`)
  );
}

/** Escapes a script for use inside a page, where the HTML parser ends the script at `</script` even within a string. */
export function scriptText(code: string): string {
  return code.replace(/<(?=\/script|script|!--)/gi, "\\x3C").trim();
}

const hashSource = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function dataUrl(path: string, content: Buffer): string {
  const type = mediaTypes[extname(path)];
  if (!type) throw new Error(`${path}: found type "${extname(path)}"; allowed: ${Object.keys(mediaTypes).join(", ")}`);
  return `data:${type};base64,${content.toString("base64")}`;
}

/** Removes the only file with this ending from the bundle and returns its text. */
function take(bundle: Rolldown.OutputBundle, ending: string): string {
  const names = Object.keys(bundle).filter((name) => name.endsWith(ending));
  const [name = ""] = names;
  const file = bundle[name];
  if (names.length !== 1 || !file)
    throw new Error(`The single-file page needs one ${ending} file: found ${names.length}`);
  delete bundle[name];
  return file.type === "chunk" ? file.code : file.source.toString();
}
