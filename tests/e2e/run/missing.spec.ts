import { advance, expect, on, open, status, test } from "../fixtures";
import { addToWorkers } from "../workers";

test.use({ ownPage: true });

/** Runs in the worker before its own script. */
const inWorker = {
  "no WebGL": "OffscreenCanvas.prototype.getContext = () => null;",
  "no WebGL2": `const getContext = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
      return kind === "webgl2" ? null : getContext.call(this, kind, ...rest);
    };`,
  "no float32 textures": `const getExtension = WebGL2RenderingContext.prototype.getExtension;
    WebGL2RenderingContext.prototype.getExtension = function (name) {
      return name.includes("color_buffer") ? null : getExtension.call(this, name);
    };`,
  "no OffscreenCanvas": "delete self.OffscreenCanvas;",
} as const;

const says: Readonly<Record<keyof typeof inWorker, RegExp>> = {
  "no WebGL": /no WebGL in workers/,
  "no WebGL2": /no WebGL2 in workers/,
  "no float32 textures": /float32 textures/,
  "no OffscreenCanvas": /OffscreenCanvas/,
};

for (const [missing, script] of Object.entries(inWorker) as [keyof typeof inWorker, string][]) {
  test(`a page with ${missing} trains on the CPU and gives the reason`, async ({ page, baseURL }) => {
    await addToWorkers(page, script);
    await open(page, "?engine=webgl&paused");
    await advance(page, 3);
    expect(await status(page), baseURL).toMatchObject({ engine: "cpu", step: 3 });
    const badge = page.getByRole("button", { name: /Engine:\s*CPU: \w/ });
    await expect(badge).toBeVisible();
    await badge.focus();
    await expect(badge).toHaveAccessibleDescription(says[missing]);
    await expect(page.getByRole("tooltip")).toBeVisible();
  });
}

test("a page on a software GPU trains on the CPU unless the link selects webgl", on("webgl"), async ({ page }) => {
  await open(page, "?paused");
  expect(await status(page)).toMatchObject({ engine: "cpu" });
  const badge = page.getByRole("button", { name: /Engine:\s*CPU/ });
  await badge.focus();
  await expect(badge).toHaveAccessibleDescription(/software/);
  await open(page, "?engine=webgl&paused");
  expect(await status(page)).toMatchObject({ engine: "webgl", renderer: expect.stringMatching(/SwiftShader/i) });
});

test("a page without Worker shows an error about Web Workers", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "Worker"));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("Web Workers");
});

test.describe(() => {
  test.use({ expectedErrors: /Failed to load resource|ERR_FAILED/ });

  test("a page whose worker cannot load shows an error", async ({ page }) => {
    await page.route(/worker.*\.js$/, (route) => route.abort());
    await page.goto("./");
    await expect(page.getByRole("alert")).toContainText(/worker/i);
  });
});
