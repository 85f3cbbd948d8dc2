import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { differencesIn, execute, python } from "../../torch";
import { findings } from "../axe";
import { advance, expect, load, on, open, recipe, status, test, trace } from "../fixtures";

const exportButton = (page: Page) => page.getByRole("button", { name: "Export", exact: true });
const saveButtons = (page: Page) => page.getByRole("button", { name: /^Save .+ as a picture$/ });

/** Name and content of the file that `press` saves. */
async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const started = page.waitForEvent("download");
  await press();
  const download = await started;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

async function exported(page: Page, entry: RegExp) {
  await exportButton(page).click();
  return saved(page, () => page.getByRole("button", { name: entry }).click());
}

async function pictureOf(page: Page, button: Locator, kind: "SVG" | "PNG") {
  await button.click();
  return saved(page, () => page.locator(".menu:popover-open").getByRole("button", { name: kind }).click());
}

/** Drags a file over the page and drops it. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      return data;
    },
    [name, text] as const,
  );
  for (const type of ["dragenter", "dragover"]) await page.dispatchEvent("body", type, { dataTransfer: data });
  await expect(page.getByText("Drop a run file, a lesson")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await expect(page.getByText("Drop a run file, a lesson")).toBeHidden();
}

test("the export menu saves the trace as CSV, the run file and the notebook", async ({ page }) => {
  await open(page);
  await load(page, { rows: 100, edits: [{ step: 9, lr: 0.01 }] });
  await advance(page, 30);
  const csv = await exported(page, /^Trace/);
  expect(csv.name).toBe("alphascope-noise-10-5-1-step30.csv");
  const [header = [], ...rows] = csv.content
    .toString()
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
  const { step, loss, alphaStar, verdict, directionNorms } = await trace(page);
  expect(column("step").map(Number)).toEqual(step);
  expect(column("loss").map(Number)).toEqual(loss);
  expect(column("alphaStar").map((text) => (text === "" ? null : Number(text)))).toEqual(alphaStar);
  expect(column("verdict")).toEqual(verdict);
  expect(column("directionNorm fc2.bias").map(Number)).toEqual(directionNorms[3]);

  const run = await exported(page, /^Run file/);
  expect(run.name).toBe("alphascope-noise-10-5-1-step30.json");
  expect(JSON.parse(run.content.toString())).toEqual(await page.evaluate(() => window.alphascope.runFile()));

  const notebook = await exported(page, /^PyTorch notebook/);
  expect(notebook.name).toBe("alphascope-noise-10-5-1-step30.ipynb");
  expect(notebook.content.toString()).toBe(await page.evaluate(() => window.alphascope.notebook()));
  expect(JSON.parse(notebook.content.toString())).toMatchObject({ nbformat: 4, nbformat_minor: 5 });
});

test("a saved run file repeats the trace bit for bit", async ({ page }) => {
  await open(page);
  await load(page, { rows: 80, hidden: [6], activation: "tanh", shuffle: true, edits: [{ step: 20, beta1: 0.5 }] });
  await advance(page, 50);
  const before = await trace(page);
  const { name, content } = await exported(page, /^Run file/);
  await load(page, {});
  await exportButton(page).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^Open a file/ }).click();
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: content });
  await expect(page.getByText(`Opened ${name}`)).toBeVisible();
  expect(await status(page)).toMatchObject({ step: 0, state: "paused" });
  await advance(page, 50);
  expect(await trace(page)).toEqual(before);
});

test("a dropped run file opens; any other file shows an error and keeps the run", async ({ page }) => {
  await open(page);
  await load(page, { hidden: [3] });
  await advance(page, 12);
  const run = await page.evaluate(() => window.alphascope.export("run"));
  await drop(page, "cat.png", "\u0089PNG");
  await expect(page.getByText("cat.png: this is neither a run file nor a lesson")).toBeVisible();
  await drop(page, "<img src=x>.json", run.replace('"version":1', '"version":7'));
  await expect(page.getByText("<img src=x>.json: version: found 7; allowed: 1")).toBeVisible();
  expect(await status(page)).toMatchObject({ step: 12, state: "paused" });
  await load(page, {});
  await drop(page, "mine.json", run);
  await expect(page.getByText("Opened mine.json")).toBeVisible();
  expect(await recipe(page)).toMatchObject({ hidden: [3] });
});

test("a file of more than 64 MB is rejected before it is read", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "alphascope-"));
  try {
    const path = join(folder, "large.json");
    writeFileSync(path, "{");
    truncateSync(path, 64 * 2 ** 20 + 1);
    await open(page);
    await page.locator('input[type=file][aria-label="File to open"]').setInputFiles(path);
    await expect(page.getByText("large.json: found 65 MB; allowed: run files of at most 64 MB")).toBeVisible();
    expect(await status(page)).toMatchObject({ step: 0, state: "paused" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every chart is saved as a self-contained SVG and as a PNG of twice its size", async ({ page, browser }) => {
  await open(page);
  await load(page, { hidden: [4], lr: 0.003 });
  await advance(page, 60);
  await expect(saveButtons(page)).toHaveCount(8);
  await expect(page.locator(".main svg.recharts-surface")).toHaveCount(6);
  const names: string[] = [];
  // The page's own policy would block the styles of the picture.
  const elsewhere = await browser.newPage();
  for (let card = 0; card < 8; card++) {
    const { name, words } = await checkedPicture(page, saveButtons(page).nth(card), elsewhere);
    expect(words, name).toMatch(/step\s60\s·\s+#lr=0.003&\s*hidden=4/);
    names.push(name);
  }
  const charts = ["ruler", "slice", "alpha", "loss", "norms", "slope", "ratio", "network"];
  expect(names.sort()).toEqual(charts.map((chart) => `alphascope-${chart}-noise-10-4-1-step60.svg`).sort());

  // Fit takes the place of four charts.
  await load(page, { dataset: "spiral", hidden: [4], rows: 200 });
  await advance(page, 20);
  await page.keyboard.press("g");
  await expect(page.locator(".fit-region")).toHaveCount(2);
  const fit = await checkedPicture(page, page.getByRole("button", { name: "Save Fit as a picture" }), elsewhere);
  expect(fit.name).toBe("alphascope-fit-spiral-2-4-2-step20.svg");
  expect(fit.words).toMatch(/this batch next batch other rows θ .*Fit · step 20 · #dataset=spiral&/);
  await elsewhere.close();
});

/** Saves a chart by its button as SVG and as PNG, and checks both files. The words are those of the texts in the SVG. */
async function checkedPicture(page: Page, button: Locator, elsewhere: Page): Promise<{ name: string; words: string }> {
  const svg = await pictureOf(page, button, "SVG");
  const text = svg.content.toString();
  const facts = await elsewhere.evaluate((source) => {
    const picture = new DOMParser().parseFromString(source, "image/svg+xml");
    const { documentElement: root } = picture;
    const attributes = [...picture.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
    return {
      broken: picture.querySelector("parsererror")?.textContent ?? null,
      size: [root.getAttribute("width"), root.getAttribute("height")].map(Number),
      references: attributes.filter(({ name }) => /(^|:)href$/.test(name)).map(({ value }) => value.slice(0, 10)),
      handlers: attributes.filter(({ name }) => /^on|^class$|^style$/.test(name)).map(({ name }) => name),
      shapes: picture.querySelectorAll("path, line, circle, rect").length,
      words: [...picture.querySelectorAll("text")].map(({ textContent }) => textContent).join(" "),
    };
  }, text);
  expect(facts.broken, svg.name).toBeNull();
  expect(facts.shapes, svg.name).toBeGreaterThan(5);
  expect(facts.handlers, svg.name).toEqual([]);
  expect(
    facts.references.filter((href) => !/^(#|data:)/.test(href)),
    svg.name,
  ).toEqual([]);
  expect(text.match(/url\((?!"?(?:#|data:)).{0,40}/g) ?? [], svg.name).toEqual([]);
  expect(text.replace(/data:[^"]*/g, ""), svg.name).not.toMatch(/var\(--|NaN|undefined/);
  expect(text, svg.name).toContain('src: url("data:font/woff2;base64,');

  const png = await pictureOf(page, button, "PNG");
  expect(png.name).toBe(svg.name.replace(/svg$/, "png"));
  expect(png.content.subarray(1, 4).toString()).toBe("PNG");
  // Width and height in the header are whole pixels.
  const [width, height] = [png.content.readUInt32BE(16), png.content.readUInt32BE(20)];
  for (const [pixels, size] of [
    [width, facts.size[0] ?? 0],
    [height, facts.size[1] ?? 0],
  ] as const) {
    expect(Math.abs(pixels - 2 * size), `${png.name}: ${pixels} pixels for ${size}`).toBeLessThanOrEqual(2);
  }
  expect(await coloursOf(page, png.content), png.name).toBeGreaterThan(20);
  return { name: svg.name, words: facts.words };
}

/** The number of colours in a picture; 1 for a blank picture. */
function coloursOf(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
    return new Set(new Uint32Array(pixels.buffer)).size;
  }, png.toString("base64"));
}

test("the picture of a large network contains its matrices as images", async ({ page }) => {
  await open(page);
  await load(page, { hidden: [40, 40] });
  await advance(page, 3);
  const { content } = await pictureOf(page, saveButtons(page).nth(7), "SVG");
  expect(content.toString()).toContain('href="data:image/png;base64,');
  expect(content.toString()).toContain("fc1.weight");
});

test("a picture of a selected step contains the step and its reading", async ({ page }) => {
  await open(page);
  await advance(page, 60);
  await page.getByRole("slider", { name: "Loss: step" }).focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowLeft");
  const step = await page.getByRole("slider", { name: "Loss: step" }).getAttribute("aria-valuenow");
  expect(Number(step)).toBeLessThan(60);
  await expect(page.getByText(`step ${step}, batch of`)).toBeVisible();
  // By key: a moving mouse would select another step.
  const wordsOf = async (card: number) => {
    await saveButtons(page).nth(card).focus();
    await page.keyboard.press("Enter");
    await expect(page.locator(".menu:popover-open").getByRole("button").first()).toBeFocused();
    const { content } = await saved(page, () => page.keyboard.press("Enter"));
    return content.toString().replace(/<style>.*?<\/style>|<[^>]*>/gs, " ");
  };
  expect(await wordsOf(1)).toContain(`Loss along d · step ${step} ·`);
  const loss = await wordsOf(3);
  expect(loss).toContain("step 60");
  const reading = await page
    .locator(".chart", { hasText: /^Loss\?/ })
    .locator(".reading dd")
    .nth(1)
    .textContent();
  expect(loss).toContain(reading);
});

test("the menus work by key, close on Escape and are absent in presentation mode", async ({ page }) => {
  await open(page);
  await advance(page, 10);
  for (const button of [exportButton(page), saveButtons(page).first()]) {
    await button.focus();
    await page.keyboard.press("Enter");
    const menu = page.locator(".menu:popover-open");
    await expect(menu.getByRole("button").first()).toBeFocused();
    await expect(button).toHaveAttribute("aria-expanded", "true");
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press("Tab");
    await expect(menu.getByRole("button").nth(1)).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
    await expect(button).toBeFocused();
  }
  await page.keyboard.press("p");
  await expect(page.locator(".presentation")).toBeVisible();
  await expect(saveButtons(page)).toHaveCount(0);
});

test("a menu on a phone is inside the window", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  for (const button of [exportButton(page), saveButtons(page).nth(3)]) {
    await button.click();
    const box = await page.locator(".menu:popover-open").boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
    await page.keyboard.press("Escape");
  }
});

test("the notebook of a WebGL run agrees with PyTorch within 0.1%", on("webgl"), async ({ page }) => {
  test.skip(!python, "No python3 with PyTorch is on this machine.");
  await open(page, "?engine=webgl&paused");
  const notebooks: string[] = [];
  for (const run of [
    { edits: [{ step: 40, lr: 0.02, batchSize: 50 }] },
    { dataset: "classes", outputs: 3, hidden: [8, 6], activation: "tanh", lr: 0.01, shuffle: true, rows: 200 },
  ]) {
    await load(page, run);
    await advance(page, 100);
    notebooks.push(await page.evaluate(() => window.alphascope.notebook()));
  }
  expect(await status(page)).toMatchObject({ engine: "webgl" });
  for (const execution of execute(notebooks)) {
    expect(execution.status, execution.output.slice(-1500)).toBe(0);
    const [, compared] = /Compared: steps 1 to (\d+) of 100 recorded. Bound: 0.001/.exec(execution.output) ?? [];
    expect(Number(compared)).toBeGreaterThanOrEqual(50);
    expect(differencesIn(execution)).toHaveLength(10);
    for (const difference of differencesIn(execution)) expect(difference).toBeLessThan(1e-3);
    const [, probes] = /Probes and scores: (\d+) values agree within the bound/.exec(execution.output) ?? [];
    expect(Number(probes)).toBeGreaterThanOrEqual(20);
  }
});
