import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import lecture from "../../../src/core/lesson/lecture.json" with { type: "json" };
import { parseLesson } from "../../../src/core/lesson/parseLesson";
import { advance, expect, load, on, open, recipe, status, test, timed } from "../fixtures";

const card = (page: Page) => page.getByRole("region", { name: "Lesson" });
const heading = (page: Page) => card(page).getByRole("heading");
const scenes = lecture.scenes.length;

const own = {
  format: "alphascope-lesson",
  version: 1,
  title: "Mine",
  scenes: [
    { title: "One", text: "A <b>small</b> run.", recipe: { rows: 40 }, play: { paused: true } },
    { title: "Two", text: "Another.", recipe: { rows: 50 }, control: "beta2", play: { paused: true } },
  ],
};

for (const engine of ["cpu", "webgl"] as const) {
  test(`the lecture on ${engine} changes scenes by key and button`, on(engine), async ({ page }) => {
    await open(page, `?engine=${engine}`);
    await page.keyboard.press("e");
    for (const [i, { title, text }] of lecture.scenes.entries()) {
      await expect(heading(page)).toHaveText(title);
      await expect(card(page)).toContainText(text);
      await expect(card(page)).toContainText(`${i + 1}/${scenes}`);
      await expect.poll(async () => (await status(page)).step).toBeGreaterThan(0);
      expect((await status(page)).engine).toBe(engine);
      expect(new URL(page.url()).search).toBe(`?engine=${engine}&lesson&scene=${i + 1}`);
      if (i % 2 === 0) await page.keyboard.press("PageDown");
      else if (i + 1 < scenes) await card(page).getByRole("button", { name: "Next scene" }).click();
    }
    await expect(heading(page)).toHaveText(lecture.scenes.at(-1)?.title ?? "");
    await page.keyboard.press("PageUp");
    await expect(heading(page)).toHaveText(lecture.scenes.at(-2)?.title ?? "");
    await page.keyboard.press("e");
    await expect(card(page)).toBeHidden();
    expect(new URL(page.url()).search).toBe(`?engine=${engine}`);
  });
}

test("the link of a scene opens it with its compared runs", async ({ page }) => {
  await open(page, "?engine=cpu&lesson&scene=7");
  await expect(heading(page)).toHaveText("Steps of α*");
  await expect(page.getByRole("list", { name: "Compared runs" })).toContainText("lr 0.03");
});

/** Scenes of one test: each takes a page load and the probes. */
const perTest = 5;
for (let first = 1; first <= scenes; first += perTest) {
  const last = Math.min(first + perTest - 1, scenes);
  test(`the scenes from ${first} to ${last} open from their links and fit the window, with the probes too`, async ({
    page,
  }) => {
    for (let scene = first; scene < first + perTest && scene <= scenes; scene++) {
      await page.goto(`./?engine=cpu&paused&lesson&scene=${scene}`);
      await expect(heading(page)).toHaveText(lecture.scenes[scene - 1]?.title ?? "");
      const overflow = await page.evaluate(() => {
        const root = document.documentElement;
        const boxes = [...document.querySelectorAll(".side > .card, .main .card")].filter((box) =>
          box.checkVisibility(),
        );
        const low = boxes.filter((box) => box.getBoundingClientRect().bottom > innerHeight);
        const line = document.querySelector(".timeline")?.getBoundingClientRect().top ?? 0;
        const under = boxes.filter((box) => {
          const column = box.parentElement as Element;
          const seen = getComputedStyle(column).overflowY === "visible" ? box : column;
          return seen.getBoundingClientRect().bottom > line;
        });
        return {
          tall: root.scrollHeight - innerHeight,
          wide: root.scrollWidth - innerWidth,
          low: low.length,
          underTimeline: under.length,
        };
      });
      expect(overflow, `scene ${scene}`).toEqual({ tall: 0, wide: 0, low: 0, underTimeline: 0 });
      await page.keyboard.press("q");
      await expect(page.locator(".probe-answers")).toBeVisible();
      const opened = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      expect(opened, `scene ${scene}, with probes`).toBe(0);
    }
  });
}

test("the menu of scenes lists the parts of the lecture and goes to a scene", async ({ page }) => {
  await open(page, "?engine=cpu&paused&lesson");
  await card(page).getByRole("button", { name: "Scene: Measure 1/" }).click();
  await expect(card(page).getByRole("group")).toHaveCount(3);
  await card(page).getByRole("group", { name: "Act" }).getByRole("button", { name: "Cauchy’s zigzag" }).click();
  await expect(heading(page)).toHaveText("Cauchy’s zigzag");
  await expect(card(page)).toContainText("Act 14/");
  await expect(page.getByRole("list", { name: "Compared runs" })).toContainText("σ 0.5");

  await page.goto("./?engine=cpu&paused&lesson&part=act&scene=2");
  await expect(heading(page)).toHaveText("Steps of 2α*");
  expect(new URL(page.url()).search).toBe("?engine=cpu&paused&lesson&part=act&scene=2");
});

test("the control of a scene is outlined, unfolded and focused by the scene's button", async ({ page }) => {
  await open(page, "?engine=cpu&paused&lesson&scene=3");
  const activation = page.getByLabel("Activation φ");
  await expect(activation).toBeVisible();
  await expect(page.locator(".in-scene")).toHaveCount(1);
  await card(page).getByRole("button", { name: "Go to φ" }).click();
  await expect(activation).toBeFocused();
});

test("Page Down changes the scene when a slider has the focus", async ({ page }) => {
  await open(page, "?engine=cpu&paused&lesson&scene=5");
  await expect(heading(page)).toHaveText("Momentum dominates the gradient");
  await card(page).getByRole("button", { name: "Go to β₁" }).click();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await recipe(page)).beta1).not.toBe(0.9);
  const slider = page.getByRole("slider", { name: "Momentum" });
  await expect(slider).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(heading(page)).toHaveText("Negative curvature");
});

test("a scene in presentation mode shows its control", async ({ page }) => {
  await open(page, "?engine=cpu&paused&lesson&scene=5");
  await expect(heading(page)).toHaveText("Momentum dominates the gradient");
  await page.keyboard.press("p");
  await expect(card(page)).toContainText("Is a step along an ascent direction a mistake?");
  const slider = card(page).getByRole("slider", { name: "Momentum" });
  await slider.focus();
  await slider.press("End");
  await expect.poll(async () => (await recipe(page)).beta1).toBeGreaterThan(0.99);
  await page.keyboard.press("PageDown");
  await expect(heading(page)).toHaveText("Negative curvature");
  await page.keyboard.press("Escape");
  await expect(page.locator(".presentation")).toBeHidden();
  await expect(heading(page)).toHaveText("Negative curvature");
});

for (const engine of ["cpu", "webgl"] as const) {
  test(`the scene of the notebook's direction shows it beside Adam's on ${engine}`, on(engine), async ({ page }) => {
    await open(page, `?engine=${engine}&lesson&scene=2`);
    const row = card(page).getByRole("row", { name: /^fc1.weight/ });
    await expect(row).toHaveText(/^fc1\.weight0\.0\d\.\d{4}$/);
    await expect(card(page)).toContainText("cosine –");
    await advance(page, 64);
    await expect(card(page)).toContainText("Norms at step 65");
    await expect(card(page)).toContainText(/cosine 0\.9\d+ · ratio of norms 1\.\d+/);
    const norms = (await row.textContent())?.match(/\d+\.\d{4}/g)?.map(Number) ?? [];
    const trace = await page.evaluate(() => window.alphascope.trace());
    expect(norms[1]).toBeCloseTo(trace.directionNorms[0]?.[64] ?? Number.NaN, 3);
    expect(norms[0]).toBeGreaterThan(norms[1] ?? Number.NaN);
  });
}

for (const [width, height, presenting] of [
  [1440, 900, false],
  [1440, 900, true],
  [1920, 1080, true],
] as const) {
  const how = presenting ? "presenting" : "on the page";
  test(
    `the scene of the edge of stability draws its chart in view ${how} at ${width} × ${height}`,
    timed,
    async ({ page }) => {
      await page.setViewportSize({ width, height });
      const scene = lecture.scenes.findIndex(({ title }) => title === "Edge of stability") + 1;
      await open(page, `?engine=cpu&lesson&scene=${scene}`);
      await expect(heading(page)).toHaveText("Edge of stability");
      if (presenting) await page.keyboard.press("p");
      const chart = page.getByRole("region", { name: "Edge of stability", exact: true });
      await expect(chart.locator(".plot")).toBeInViewport({ ratio: 1 });
      await expect(chart.locator(".legend")).toHaveText("λmax, all datathreshold1/α*, this batch");
      await expect(page.locator(presenting ? ".presentation .chart" : ".main .chart")).toHaveCount(presenting ? 1 : 6);
      // λmax is a line with a dot at each isolated point, the threshold a dashed line, each 1/α* a dot.
      const points = () =>
        chart
          .locator(".edge-largest path")
          .first()
          .evaluate((line) => line.getAttribute("d")?.split("L").length ?? 0);
      await expect.poll(points).toBeGreaterThan(3);
      const before = await points();
      await expect.poll(points).toBeGreaterThan(before);
      await expect(chart.locator(".edge-threshold path")).toHaveAttribute("stroke-dasharray", /\d/);
      await expect(chart.locator(".edge-best")).toHaveAttribute("d", /^M.+M/);
      await expect(chart).toContainText(/\d% of the threshold/);
      await expect(chart.getByRole("combobox", { name: "Steps shown" })).toBeVisible();
      // The scene did not open the probes panel.
      await expect(page.locator(".probe-marks")).toHaveCount(0);
      await page.keyboard.press("PageUp");
      await expect(heading(page)).toHaveText("Before a loss spike");
      await expect(chart).toHaveCount(0);
    },
  );
}

test("a lesson file opens as plain text and stays after a reload", async ({ page }) => {
  await open(page);
  await page.getByLabel("File to open").setInputFiles({
    name: "mine.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(own)),
  });
  await expect(card(page)).toContainText("A <b>small</b> run.");
  await page.keyboard.press("PageDown");
  await expect(heading(page)).toHaveText("Two");
  await page.reload();
  await expect(heading(page)).toHaveText("Two");
  await expect.poll(async () => (await recipe(page)).rows).toBe(50);
});

test("an invalid lesson file shows an error with file and field", async ({ page }) => {
  await open(page);
  await page.getByLabel("File to open").setInputFiles({
    name: "mine.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify({ ...own, scenes: [{ ...own.scenes[0], control: "rate" }] })),
  });
  await expect(page.getByRole("alert")).toContainText(
    'mine.json: scenes[0].control: found "rate"; allowed: optimiser, lr',
  );
  await expect(card(page)).toBeHidden();
});

test("a link opens a lesson file beside the page", async ({ page }) => {
  await page.route("**/mine/lesson.json", (route) => route.fulfill({ json: own }));
  await open(page, "?engine=cpu&paused&lesson=mine/lesson.json&scene=2");
  await expect(heading(page)).toHaveText("Two");
  await page.keyboard.press("PageUp");
  await expect(heading(page)).toHaveText("One");
  expect(new URL(page.url()).search).toBe("?engine=cpu&paused&lesson=mine/lesson.json&scene=1");
});

test("a lesson made of added scenes is saved and opened again", async ({ page }, info) => {
  await open(page);
  const exporting = page.getByRole("button", { name: "Export", exact: true });
  const add = async () => {
    await exporting.click();
    await page.getByRole("button", { name: /^Add as a scene/ }).click();
  };
  await load(page, { lr: 0.02, rows: 60 });
  await add();
  await load(page, { lr: 0.03, rows: 70 });
  await add();
  await expect(card(page)).toContainText("2/2");
  await exporting.click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Lesson \(JSON\)/ }).click(),
  ]);
  const path = info.outputPath("lesson.json");
  await download.saveAs(path);
  const written = JSON.parse(await readFile(path, "utf8"));
  expect(() => parseLesson(written)).not.toThrow();
  expect(written.scenes.map(({ recipe: saved }: { recipe: object }) => saved)).toEqual([
    { rows: 60, lr: 0.02 },
    { rows: 70, lr: 0.03 },
  ]);
  written.scenes[0].title = "Renamed";
  await writeFile(path, JSON.stringify(written));
  await page.getByLabel("File to open").setInputFiles(path);
  await expect(heading(page)).toHaveText("Renamed");
});

test("an embedded page ignores the lesson parameter", async ({ page }) => {
  await open(page, "?engine=cpu&paused&embed&lesson&scene=3");
  await expect(card(page)).toBeHidden();
  expect((await recipe(page)).dataset).toBe("noise");
});

test("a lesson on a phone is above the verdict and fits the width", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "?engine=cpu&paused&lesson&scene=5");
  await expect(heading(page)).toBeInViewport();
  const box = await card(page).boundingBox();
  const verdict = await page.locator(".verdict").boundingBox();
  expect(box?.y).toBeLessThan(verdict?.y ?? 0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test("the scenes of experiments open their dialog with a filled form, which starts on a press", async ({ page }) => {
  await open(page, "?engine=cpu&paused&lesson&scene=17");
  const dialog = page.getByRole("dialog", { name: "Experiments" });
  await page.getByRole("button", { name: "Range test", exact: true }).click();
  await expect(dialog.getByLabel("from lr")).toHaveValue("1e-5");
  await expect(dialog.getByRole("textbox", { name: "times" })).toHaveValue("1.05");
  await expect(dialog.getByRole("status")).toHaveText("");
  await dialog.getByRole("button", { name: "Run range test" }).click();
  await expect(dialog.getByRole("status")).toContainText(/^From step 200: .* The loss explodes at lr 0\.42/);

  // A changed form is filled in again by the button of the scene, and stays for the key.
  await dialog.getByRole("textbox", { name: "times" }).fill("2");
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await expect(dialog.getByRole("textbox", { name: "times" })).toHaveValue("2");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Range test", exact: true }).click();
  await expect(dialog.getByRole("textbox", { name: "times" })).toHaveValue("1.05");
  await page.keyboard.press("Escape");

  await page.keyboard.press("p");
  await page.keyboard.press("PageDown");
  await expect(page.getByRole("heading", { name: "Is it this seed?" })).toBeVisible();
  await page.getByRole("button", { name: "Sweep", exact: true }).click();
  await expect(dialog.getByLabel("lr from")).toHaveValue("0.001");
  await expect(dialog.getByLabel("seeds:")).toHaveValue("8");
  await expect(dialog.getByRole("button", { name: "Run sweep" })).toBeEnabled();
  await expect(dialog.getByRole("progressbar")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});
