import type { Plugin } from "vite";

/** Allows WebAssembly, and no other code from data. Browsers differ in whether a worker has the policy of its page. */
export const wasmSource = "'wasm-unsafe-eval'";

/** The content security policy: scripts, styles, workers, fonts and connections from the page's own origin only. */
const policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'", wasmSource],
  "worker-src": ["'self'"],
  "connect-src": ["'self'"],
  "style-src": ["'self'"],
  "font-src": ["'self'"],
  // The PNG export loads an SVG as a data: URL.
  "img-src": ["'self'", "data:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "object-src": ["'none'"],
} as const;

type Directive = keyof typeof policy;

/** The policy as text. `overrides` replaces the sources of single directives. */
export function policyText(overrides: Partial<Record<Directive, readonly string[]>> = {}): string {
  return Object.entries({ ...policy, ...overrides })
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}

/** Adds the policy to the built page, as the first element of the head. The development server has no policy, because Vite's development scripts are inline. */
export function cspPlugin(text = policyText()): Plugin {
  return {
    name: "csp",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: text }, injectTo: "head-prepend" },
    ],
  };
}
