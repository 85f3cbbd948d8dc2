import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { policyText } from "./cspPlugin.ts";

/** What a page may refer to by address, as a data: URL. */
const types: Readonly<Record<string, string>> = {
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** The page as one HTML file: script, styles, letters and sign inside, under a policy that allows just these. */
export function singleFilePlugin(fileName: string): Plugin {
  let publicDir = "";
  return {
    name: "single-file",
    apply: "build",
    config: () => ({
      // The page's own files are taken from there by hand, and none is copied.
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
      // A classic script takes what it would load later into itself.
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
        const left = Object.keys(bundle);
        if (left.length > 0) this.error(`One file cannot hold what the page would load: ${left.join(", ")}`);
        this.emitFile({ type: "asset", fileName, source: singlePage(page, script, styles, asset) });
      },
    },
  };
}

/**
 * The page with its script and styles in it.
 *
 * @param page the page as built, which refers to one script and one style sheet
 * @param asset the data: URL of a file of public/
 */
export function singlePage(page: string, script: string, styles: string, asset: (path: string) => string): string {
  const policy = policyText({
    "script-src": [sourceOf(script)],
    "style-src": [sourceOf(styles)],
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
      // At the end: a module waits for the page, whether or not it is inside.
      .replace(/\s*<script type="module"[^>]*><\/script>/, "")
      .replace("</body>", () => `  <script type="module">${script}</script>\n  </body>`)
  );
}

/** A script as it may stand inside a page: the page's parser looks for the end of it, and knows no strings. */
export function scriptText(code: string): string {
  return code.replace(/<(?=\/script|script|!--)/gi, "\\x3C").trim();
}

const sourceOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function dataUrl(path: string, content: Buffer): string {
  const type = types[extname(path)];
  if (!type) throw new Error(`${path}: of no type that a page can hold.`);
  return `data:${type};base64,${content.toString("base64")}`;
}

/** The text of the one file of the bundle that ends so; it is no file any more. */
function take(bundle: Rolldown.OutputBundle, end: string): string {
  const names = Object.keys(bundle).filter((name) => name.endsWith(end));
  const [name = ""] = names;
  const file = bundle[name];
  if (names.length !== 1 || !file) throw new Error(`One file cannot be made of ${names.length} files ${end}.`);
  delete bundle[name];
  return file.type === "chunk" ? file.code : file.source.toString();
}
