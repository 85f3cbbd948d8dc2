import type { Plugin } from "vite";

/** What the page may load and run, by directive: scripts, styles and connections of its own folder's origin, and nothing else. */
const policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "worker-src": ["'self'"],
  "connect-src": ["'self'"],
  "style-src": ["'self'"],
  "font-src": ["'self'"],
  // A chart becomes a picture by way of an image of SVG.
  "img-src": ["'self'", "data:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "object-src": ["'none'"],
} as const;

type Directive = keyof typeof policy;

/** The policy as text; directives named in `instead` get other sources. */
export function policyText(instead: Partial<Record<Directive, readonly string[]>> = {}): string {
  return Object.entries({ ...policy, ...instead })
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}

/** Puts the policy into the built page, ahead of all that it governs. The development server's page lives by inline scripts. */
export function cspPlugin(text = policyText()): Plugin {
  return {
    name: "csp",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: text }, injectTo: "head-prepend" },
    ],
  };
}
