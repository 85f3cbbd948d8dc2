import { expect } from "@playwright/test";
import { runFileOf } from "../reference/runs";
import { open, test } from "./fixtures";
import type { Position, Tab } from "./tab";

const paused = "?engine=cpu&paused";

const status = (tab: Tab) => tab.evaluate(() => window.alphascope.status(), null);
const recipe = (tab: Tab) => tab.evaluate(() => window.alphascope.recipe(), null);
const textOf = (tab: Tab, selector: string) =>
  tab.evaluate((name) => document.querySelector(name)?.textContent ?? null, selector);
const advance = (tab: Tab, steps: number) => tab.evaluate((n) => window.alphascope.advance(n).then(() => null), steps);

/** Clicks the button that has this text or name. */
const press = (tab: Tab, name: string) =>
  tab.evaluate((label) => {
    const buttons = [...document.querySelectorAll("button")].filter((button) => button.checkVisibility());
    const button = buttons.find((one) => one.ariaLabel === label || one.textContent?.trim().startsWith(label));
    if (!button) throw new Error(`No button is named ${label}.`);
    button.click();
    return null;
  }, name);

/** The centre of an element. */
const middleOf = (tab: Tab, selector: string): Promise<Position> =>
  tab.evaluate((name) => {
    const { x, y, width, height } = document.querySelector(name)?.getBoundingClientRect() ?? new DOMRect();
    return { x: x + width / 2, y: y + height / 2 };
  }, selector);

/** The share of blue pixels, the colour of α*, in the plot of the only chart. */
async function blueShare(tab: Tab): Promise<number> {
  const image = await tab.screenshot();
  return tab.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    const { x, y, width, height } = document.querySelector(".plot")?.getBoundingClientRect() ?? new DOMRect();
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d");
    context?.drawImage(bitmap, -x, -y);
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    let blue = 0;
    for (let i = 0; i < pixels.length; i += 4) if ((pixels[i + 2] ?? 0) > (pixels[i] ?? 0) + 60) blue++;
    return blue / (pixels.length / 4);
  }, image);
}

test("the page plays the notebook's run at once", async ({ tab }) => {
  await open(tab, "");
  await expect.poll(async () => (await status(tab)).step).toBeGreaterThan(5);
  await expect.poll(() => textOf(tab, ".sentence")).toMatch(/^Adam stepped 0\.001/);
  await press(tab, "Pause");
  await expect.poll(async () => (await status(tab)).playing).toBe(false);
});

test("every chart of the page is drawn, and nothing is cut at 1440 × 900", async ({ tab }) => {
  await open(tab, paused);
  await advance(tab, 237);
  const drawn = () =>
    tab.evaluate(() => {
      const drawings = [...document.querySelectorAll(".plot, .ruler, .network-box")];
      return drawings.map((plot) => {
        const frame = plot.getBoundingClientRect();
        const shapes = [...plot.querySelectorAll<SVGGraphicsElement>("path, circle")];
        return frame.height > 80 && shapes.some((shape) => shape.getBBox().width > frame.width / 4);
      });
    }, null);
  await expect.poll(drawn, { timeout: 20_000 }).toEqual(Array.from({ length: 8 }, () => true));
  const cut = await tab.evaluate(() => {
    const columns = [...document.querySelectorAll(".controls, .main")].filter(
      ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
        scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1,
    );
    const context = document.createElement("canvas").getContext("2d");
    const menus = [...document.querySelectorAll("select")].filter((menu) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(menu);
      if (!context || !menu.checkVisibility()) return false;
      context.font = font;
      const room = menu.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      return context.measureText(menu.selectedOptions[0]?.text ?? "").width > room;
    });
    const box = document.querySelector(".network-box")?.getBoundingClientRect() ?? new DOMRect();
    const labels = [...document.querySelectorAll(".network-box text")].filter(
      (text) => text.getBoundingClientRect().bottom > box.bottom + 1,
    );
    return [...columns, ...menus, ...labels].map((element) => `${element.className}: ${element.textContent}`);
  }, null);
  expect(cut).toEqual([]);
});

test("a drag of the ruler's handle sets the learning rate from the next step", async ({ tab }) => {
  await open(tab, paused);
  await advance(tab, 20);
  const grip = await middleOf(tab, ".ruler-grip");
  await tab.drag(grip, { x: grip.x + 60, y: grip.y });
  await expect.poll(async () => (await recipe(tab)).edits).toHaveLength(1);
  const [edit] = (await recipe(tab)).edits;
  expect(edit?.step).toBe(21);
  expect(edit && "lr" in edit && edit.lr).toBeGreaterThan(1.5e-3);
  await expect.poll(() => tab.evaluate(() => location.hash, null)).toMatch(/^#edits=21:lr=/);
});

test("a click on the timeline selects an earlier step, and its steps stay measured", async ({ tab }) => {
  await open(tab, paused);
  await advance(tab, 200);
  const middle = await middleOf(tab, ".scrubber input");
  await tab.drag(middle, middle);
  await expect.poll(async () => (await status(tab)).step).toBeLessThan(190);
  const { step } = await status(tab);
  expect(step).toBeGreaterThan(80);
  await expect.poll(() => textOf(tab, ".about")).toContain(`Step ${step},`);
  await tab.evaluate(() => window.alphascope.seek(200).then(() => null), null);
  expect((await status(tab)).step).toBe(200);
});

test("presentation mode draws α* as dots, and Escape ends it", async ({ tab }) => {
  await open(tab, `${paused}&theme=light`);
  await advance(tab, 237);
  await tab.press("p");
  await expect.poll(() => textOf(tab, ".presentation .sentence")).toContain("Adam stepped");
  await tab.press("2");
  await expect.poll(() => textOf(tab, ".presentation .chart h2")).toContain("α* at every step");
  await expect.poll(() => blueShare(tab)).toBeGreaterThan(0.001);
  expect(await blueShare(tab)).toBeLessThan(0.03);
  await tab.press("Escape");
  await expect.poll(() => textOf(tab, ".presentation")).toBeNull();
});

test("a link opens its run, and the address follows the settings", async ({ tab }) => {
  await open(tab, `${paused}#lr=0.02&hidden=4,3&activation=tanh&edits=5:beta1=0.5`);
  expect(await recipe(tab)).toMatchObject({
    lr: 0.02,
    hidden: [4, 3],
    activation: "tanh",
    edits: [{ step: 5, beta1: 0.5 }],
  });
  await advance(tab, 8);
  await tab.evaluate(() => window.alphascope.set({ batchSize: 16 }).then(() => null), null);
  await expect.poll(() => tab.evaluate(() => location.hash, null)).toContain("9:batchSize=16");
});

test("a dropped CSV file is trained on after the choice of its target", async ({ tab }) => {
  await open(tab, `${paused}#hidden=4`);
  const rows = Array.from({ length: 40 }, (_, r) => `${r},${(r * 7) % 11},${r % 5}`);
  await tab.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "rows.csv"));
      document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
      return null;
    },
    `a,b,y\n${rows.join("\n")}`,
  );
  await expect.poll(() => textOf(tab, "dialog[open]")).toContain("rows.csv");
  // The form of the dialog is loaded when a file is first opened.
  await expect
    .poll(() => tab.evaluate(() => document.querySelectorAll("dialog[open] button.primary").length, null))
    .toBe(1);
  await press(tab, "Train");
  await expect.poll(async () => (await recipe(tab)).dataset).toBe("csv");
  await advance(tab, 5);
  expect((await status(tab)).step).toBe(5);
});

test("the page starts again after a reload in the first second of a run from a file", async ({ tab }) => {
  await open(tab, paused);
  await tab.evaluate(async (file) => {
    await window.alphascope.load(file);
    await window.alphascope.advance(5);
    return null;
  }, runFileOf("tanh-teacher"));
  // The page writes the rows of the file while it is left.
  await open(tab, paused);
  await advance(tab, 3);
  expect((await status(tab)).step).toBe(3);
});

test("the export menu makes the notebook", async ({ tab }) => {
  await open(tab, paused);
  await advance(tab, 30);
  await tab.evaluate(() => {
    // The file stays in the page: no dialog of the browser appears.
    HTMLAnchorElement.prototype.click = () => {};
    URL.createObjectURL = (file) => {
      if (file instanceof Blob) window.savedFile = file.text();
      return "about:blank";
    };
    return null;
  }, null);
  await press(tab, "Export");
  await expect.poll(() => textOf(tab, ".menu:popover-open")).toContain("PyTorch notebook");
  await press(tab, "PyTorch notebook");
  await expect.poll(() => tab.evaluate(() => window.savedFile !== undefined, null)).toBe(true);
  const notebook = JSON.parse(await tab.evaluate(() => window.savedFile ?? "", null)) as { cells: unknown[] };
  expect(notebook.cells.length).toBeGreaterThan(5);
});

declare global {
  interface Window {
    savedFile?: Promise<string>;
  }
}
