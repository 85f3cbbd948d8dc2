import { createHash } from "node:crypto";

/** Allows WebAssembly, and no other code from data. Browsers differ in whether a worker has the policy of its page. */
export const wasmSource = "'wasm-unsafe-eval'";

/** The content security policy: scripts, workers, fonts and connections from the page's own origin only; styles from the page itself only. */
const policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'", wasmSource],
  "worker-src": ["'self'"],
  "connect-src": ["'self'"],
  "style-src": ["'none'"],
  "font-src": ["'self'"],
  // The PNG export loads an SVG as a data: URL.
  "img-src": ["'self'", "data:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "object-src": ["'none'"],
} as const;

type Sources = Partial<Record<keyof typeof policy, readonly string[]>>;

/** The source of an inline script or style in a policy. */
export const hashSource = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The page with its style sheet inline and a content security policy that allows this style sheet only. An inline style sheet
 * needs no second request before the first paint.
 *
 * @param page the built page, with one style sheet link
 * @param sources replace those of single directives in the policy
 */
export function builtPage(page: string, styles: string, sources: Sources = {}): string {
  const directives = { ...policy, "style-src": [hashSource(styles)], ...sources };
  const text = Object.entries(directives)
    .map(([directive, allowed]) => `${directive} ${allowed.join(" ")}`)
    .join("; ");
  return page
    .replace("<head>", () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${text}">`)
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${styles}</style>`);
}

/** The style sheet with another address for each file. `addressOf` gets the path of the file from the folder of the page. */
export function withAddresses(styles: string, addressOf: (path: string) => string): string {
  return styles.replace(/url\((?!["']?data:)["']?([^)"']+)["']?\)/g, (_, address: string) => {
    // A style sheet of the build is in assets/.
    const { pathname } = new URL(address, "file:///assets/");
    return `url(${addressOf(pathname.slice(1))})`;
  });
}
