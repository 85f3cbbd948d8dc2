import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, test } from "vitest";
import { pagePlugin } from "../../../src/build/pagePlugin";

test("pagePlugin leaves a page without styles as it is, unless it is index.html", async () => {
  const root = mkdtempSync(join(tmpdir(), "alphascope-page-"));
  const built = (input: string) => {
    writeFileSync(join(root, input), "<!doctype html><title>Benchmark</title>");
    const options = { write: false, rolldownOptions: { input: join(root, input) } };
    return build({ root, configFile: false, logLevel: "silent", plugins: [pagePlugin()], build: options });
  };
  expect(JSON.stringify(await built("bench.html"))).not.toContain("Content-Security-Policy");
  await expect(built("index.html")).rejects.toThrow("The page needs one .css file: found 0");
});
