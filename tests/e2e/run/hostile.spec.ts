import { expect, open, recipe, status, test } from "../fixtures";

/** Long and valid links. */
const runs = [
  `#edits=${Array.from({ length: 3000 }, (_, i) => `${i + 1}:lr=0.00${(i % 9) + 1}`).join(";")}`,
  `#edits=${"1:lr=1;".repeat(5000)}`,
];

/** Long, harmful and meaningless links. */
const links = [
  ...runs,
  "#lr=<img src=x onerror=injected()>",
  "#<script>injected()</script>",
  "#hidden=<svg/onload=injected()>",
  "#edits=<b>1</b>:lr=1",
  "#edits=1:<i>lr</i>=1",
  "#lr=javascript:injected()",
  "#%3Cimg%20src%3Dx%20onerror%3Dinjected()%3E=1",
  "#lr=%22%3E%3Cscript%3Einjected()%3C%2Fscript%3E",
  "#__proto__=1&constructor=2&prototype=3&toString=4",
  "#lr=0.01&lr=0.02&lr=<b>",
  "#%",
  "#%E0%A4%A",
  `#${"a".repeat(20_000)}`,
  "#rows=1e9&inputs=1e9&outputs=1e9&hidden=1e9",
  "#hidden=1024,1024,1024,1024,1024,1024&rows=20000",
  "#hidden=,,,,",
  "#seed=-1&seed=NaN&batchSize=0",
  "#beta1=1&beta2=1&eps=-1",
  "#\u202elr=1",
  "#lr=１",
  "#engine=webgl&paused",
];

// The history of a reused page can be full already: one more entry would then not show in its length.
test.use({ ownPage: true });

test("a hostile link injects no script, does not stop the page and is reported", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await page.evaluate(() => {
    Object.assign(window, {
      injections: 0,
      injected: () => (window as unknown as { injections: number }).injections++,
    });
  });
  const entries = await page.evaluate(() => history.length);
  for (const link of links) {
    await page.evaluate(async (hash) => {
      for (const button of document.querySelectorAll<HTMLElement>(".notice button:last-of-type")) button.click();
      window.alphascope.pause();
      // The page's own listener was added first and runs first.
      const read = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
      // Like a typed address, without another entry in the history.
      location.replace(hash);
      await read;
    }, link);
    await page.evaluate(() => window.alphascope.advance(1));
    expect((await status(page)).state, link.slice(0, 80)).toMatch(/paused|playing|diverged/);
    const notices = page.locator(".notice");
    if (!runs.includes(link)) await expect(notices.first(), link.slice(0, 80)).toBeVisible();
    const strange = await notices.evaluateAll((all) =>
      all.flatMap((notice) =>
        [...notice.querySelectorAll("*")]
          .filter((node) => !/^(P|B|SPAN|BUTTON)$/i.test(node.tagName))
          .map((node) => node.outerHTML),
      ),
    );
    expect(strange, link.slice(0, 80)).toEqual([]);
  }
  expect(await page.evaluate(() => (window as unknown as { injections: number }).injections)).toBe(0);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  expect((await recipe(page)).edits).toEqual([]);
});
