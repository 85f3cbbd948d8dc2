import { gzipSync } from "node:zlib";
import type { Response } from "@playwright/test";
import { advance, expect, on, open, test } from "../fixtures";

test.use({ ownContext: true });

const kB = 1000;

for (const engine of ["cpu", "webgl"] as const) {
  test(
    `the page loads at most 490 kB gzipped on ${engine}, its worker at most 250 kB`,
    on(engine),
    async ({ page }) => {
      const responses = new Map<string, Response>();
      const keep = (response: Response) => {
        if (response.ok()) responses.set(response.url(), response);
      };
      page.context().on("response", keep);
      await open(page, `?engine=${engine}&paused`);
      await advance(page, 2);
      await page.waitForLoadState("networkidle");
      const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      for (const url of loaded) await expect.poll(() => responses.has(url), url).toBe(true);
      const sizes = new Map<string, number>();
      for (const [url, response] of responses) sizes.set(url, gzipSync(await response.body(), { level: 9 }).length);
      const total = [...sizes.values()].reduce((a, b) => a + b, 0);
      const inWorkers = [...sizes]
        .filter(([url]) => /worker|webgl|tfjs/.test(url))
        .reduce((a, [, size]) => a + size, 0);
      console.log(`${engine}: ${(total / kB).toFixed(0)} kB, worker ${(inWorkers / kB).toFixed(0)} kB`);
      expect(inWorkers).toBeGreaterThan(0);
      expect(total).toBeLessThanOrEqual(490 * kB);
      expect(inWorkers).toBeLessThanOrEqual(250 * kB);
    },
  );
}
