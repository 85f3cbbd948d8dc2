import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Plugin } from "vite";
import { builtPage, hashSource, wasmSource, withAddresses } from "./builtPage.ts";
import { takeText } from "./pagePlugin.ts";

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
        const page = takeText(bundle, ".html");
        const script = scriptText(takeText(bundle, ".js"));
        const styles = withAddresses(takeText(bundle, ".css"), asset);
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
  const inline = page
    .replace(/\s*<link rel="(manifest|apple-touch-icon|preload)"[^>]*>/g, "")
    .replace(/(<link rel="icon" href=")\.\/([^"]+)/, (_, start: string, path: string) => start + asset(path))
    // A module runs after the page is parsed, so its place in the page does not matter.
    .replace(/\s*<script type="module"[^>]*><\/script>/, "")
    .replace("</body>", () => `  <script type="module">${script}</script>\n  </body>`);
  return builtPage(inline, styles, {
    "script-src": [hashSource(script), wasmSource],
    "worker-src": ["blob:"],
    "connect-src": ["data:"],
    "font-src": ["data:"],
    "img-src": ["data:"],
    "manifest-src": ["'none'"],
  });
}

/** Escapes a script for use inside a page, where the HTML parser ends the script at `</script` even within a string. */
export function scriptText(code: string): string {
  return code.replace(/<(?=\/script|script|!--)/gi, "\\x3C").trim();
}

function dataUrl(path: string, content: Buffer): string {
  const type = mediaTypes[extname(path)];
  if (!type) throw new Error(`${path}: found type "${extname(path)}"; allowed: ${Object.keys(mediaTypes).join(", ")}`);
  return `data:${type};base64,${content.toString("base64")}`;
}
