import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { builtPage, withAddresses } from "../../../src/build/builtPage";

const page = `<!doctype html>
<html>
  <head>
    <script type="module" crossorigin src="./assets/index.js"></script>
    <link rel="stylesheet" crossorigin href="./assets/index.css">
  </head>
  <body></body>
</html>`;

test("builtPage puts the style sheet into the page, and its policy allows no other style sheet", () => {
  const styles = ".a { content: '$1 $&' }";
  const html = builtPage(page, styles);
  expect(html).not.toContain("stylesheet");
  expect(html).toContain(`<style>${styles}</style>`);
  const [, policy = ""] = html.match(/<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)"/) ?? [];
  const hash = createHash("sha256").update(styles).digest("base64");
  expect(policy).toContain(`style-src 'sha256-${hash}';`);
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).not.toMatch(/'unsafe|https?:/);
});

test("withAddresses replaces the address of each file by its path from the page, and keeps data: URLs", () => {
  const styles = `a{src:url(../fonts/x.woff2) format("woff2")}b{src:url("./y.woff2")}c{src:url(data:,z)}`;
  expect(withAddresses(styles, (path) => `./${path}`)).toBe(
    `a{src:url(./fonts/x.woff2) format("woff2")}b{src:url(./assets/y.woff2)}c{src:url(data:,z)}`,
  );
});
