import { gzipSync } from "node:zlib";
import type { Response } from "@playwright/test";
import { advance, expect, on, open, test } from "../fixtures";

test.use({ ownContext: true });

const kB = 1000;

for (const engine of ["cpu", "webgl"] as const) {
  test(
    `the page loads at most 503 kB gzipped on ${engine}, its worker at most 250 kB`,
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
      expect(total).toBeLessThanOrEqual(503 * kB);
      expect(inWorkers).toBeLessThanOrEqual(250 * kB);
    },
  );
}

test("the first content needs one file of at most 17 kB gzipped, and the run’s start 66 kB of scripts", async ({
  page,
}) => {
  const sizeOf = async (address: string) =>
    gzipSync(await (await page.request.get(address)).body(), { level: 9 }).length;
  const html = await (await page.request.get("")).text();
  const early = [...html.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+\.(?:js|css))"/g)].map(
    ([, address = ""]) => address,
  );
  const sizes = await Promise.all(early.map(sizeOf));
  console.log(`page ${await sizeOf("")} bytes; ${early.join(", ")} ${sizes.join(", ")} bytes`);
  expect(early.filter((address) => address.endsWith(".css"))).toEqual([]);
  expect(await sizeOf("")).toBeLessThanOrEqual(17 * kB);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(66 * kB);
});
