import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { scriptText, singlePage } from "../../../src/build/singleFilePlugin";

const page = `<!doctype html>
<html>
  <head>
    <link rel="icon" href="./icon.svg" type="image/svg+xml" />
    <link rel="manifest" href="./manifest.webmanifest" />
    <script type="module" crossorigin src="./assets/index.js"></script>
    <link rel="stylesheet" crossorigin href="./assets/index.css">
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>`;
const hashOf = (text: string | undefined) =>
  createHash("sha256")
    .update(text ?? "")
    .digest("base64");

test("singlePage embeds script and styles, and its policy allows only their hashes", () => {
  const script = 'go("$1", "$&");';
  const html = singlePage(page, script, ".a { top: 0 }", (path) => `data:${path}`);
  expect(html).not.toMatch(/(src|href)="(?!data:)/);
  const [, embedded] = html.match(/<script type="module">(.*?)<\/script>\s*<\/body>/s) ?? [];
  expect(embedded).toBe(script);
  const [, styles] = html.match(/<style>(.*?)<\/style>/s) ?? [];
  const [, policy = ""] = html.match(/Content-Security-Policy" content="([^"]*)"/) ?? [];
  expect(policy).toContain(`script-src 'sha256-${hashOf(embedded)}' 'wasm-unsafe-eval';`);
  expect(policy).toContain(`style-src 'sha256-${hashOf(styles)}';`);
  expect(policy.replace("'wasm-unsafe-eval'", "")).not.toMatch(/'self'|unsafe|https?:/);
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
});

test("scriptText escapes script and comment tags without changing the values of strings", () => {
  const text = "a</script><script src=x></SCRIPT ><!-- b";
  const escaped = scriptText(`return ${JSON.stringify(text)};`);
  expect(escaped).not.toMatch(/<\/script|<script|<!--/i);
  expect(new Function(escaped)()).toBe(text);
});
