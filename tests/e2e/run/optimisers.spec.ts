import { optimiserNames, optimisers } from "../../../src/core/recipe/optimisers";
import { ownTexts } from "../../../src/core/recipe/optimiserText";
import { advance, expect, load, on, open, recipe, status, test, trace } from "../fixtures";

test("a selected optimiser trains and changes the page's texts, formulas and settings", async ({ page }) => {
  await open(page);
  const choice = page.getByRole("combobox", { name: "Optimiser" });
  for (const name of optimiserNames.filter((one) => one !== "adam")) {
    const { label, reads, momentum } = optimisers[name];
    await choice.selectOption(name);
    await expect.poll(async () => (await recipe(page)).optimiser).toBe(name);
    await advance(page, 3);
    await expect(page.getByRole("heading", { name: label, exact: true })).toBeVisible();
    await expect(page.locator(".verdict-panel, .verdict").first()).toContainText(`${label} stepped`);
    const own = ownTexts[name];
    for (const [key, text] of [
      ["beta1", own?.beta1?.label ?? "Momentum"],
      ["beta2", own?.beta2?.label ?? "Second-moment decay"],
      ["eps", "Epsilon"],
      ["weightDecay", "Weight decay"],
    ] as const) {
      const slider = page.getByRole("slider", { name: text, exact: true });
      await expect(slider, `${label}: ${text}`).toHaveCount((reads as readonly string[]).includes(key) ? 1 : 0);
    }
    const { cosine } = await trace(page);
    if (!momentum) for (const one of cosine) expect(one, label).toBeGreaterThan(0);
    if (name === "sgd") for (const one of cosine) expect(one).toBeCloseTo(1, 12);
    await expect(page.locator(".update-lines .value-d")).not.toHaveText("–");
  }
});

test("the page names neither Adam nor v when the optimiser is SGD", async ({ page }) => {
  await open(page);
  await advance(page, 1);
  // The radio buttons are invisible below their labels.
  await page.locator(".network-panel .segments label").filter({ hasText: "v" }).click();
  await expect(page.getByRole("heading", { name: "v in the network" })).toBeVisible();
  await page.getByRole("combobox", { name: "Optimiser" }).selectOption("sgd");
  await expect(page.getByRole("heading", { name: "SGD", exact: true })).toBeAttached();
  const spoken = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("main *, aside *, header *")]
        .filter((node) => !node.closest("select, .to-default"))
        .flatMap((node) => [
          ...[...node.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map((text) => text.textContent),
          ...["aria-label", "data-tip", "title"].map((name) => node.getAttribute(name)),
        ])
        .filter((text) => /\bAdam\b/.test(text ?? "")),
    );
  await expect(page.getByText("How far should SGD step?").first()).toBeVisible();
  expect(await spoken()).toEqual([]);
  await advance(page, 40);
  await expect(page.getByRole("heading", { name: "d in the network" })).toBeVisible();
  await expect(page.getByRole("radio", { name: /: second-moment estimate v/ })).toBeDisabled();
  await page.keyboard.press("q");
  await expect(page.getByText(/of the threshold/).first()).toBeVisible();
  expect(await spoken()).toEqual([]);
});

test("a link sets the optimiser, and its weight decay can change during a run", async ({ page }) => {
  await open(page, "?engine=cpu&paused#optimiser=adamw&lr=0.01");
  await advance(page, 10);
  await page.evaluate(() => window.alphascope.set({ weightDecay: 0.5 }));
  await advance(page, 10);
  expect(await recipe(page)).toMatchObject({ optimiser: "adamw", edits: [{ step: 11, weightDecay: 0.5 }] });
  await expect.poll(() => page.url()).toContain("#optimiser=adamw&lr=0.01&edits=11:weightDecay=0.5");
  const before = await trace(page);
  await page.reload();
  await page.evaluate(() => window.alphascope.ready);
  await page.evaluate(() => window.alphascope.reset());
  await advance(page, 20);
  expect(await trace(page)).toEqual(before);
});

test("an unknown optimiser in a link shows the allowed names, and the run uses Adam", async ({ page }) => {
  await open(page, "?engine=cpu&paused#optimiser=shampoo");
  await expect(page.getByText(/optimiser: found "shampoo"; allowed: adam, sgd, momentum/).first()).toBeVisible();
  expect((await recipe(page)).optimiser).toBe("adam");
});

test("a run file of each optimiser gives the same losses on each engine", on("webgl"), async ({ page }) => {
  await open(page);
  for (const [engine, digits] of [
    ["cpu", 9],
    ["webgl", 5],
  ] as const) {
    await open(page, `?engine=${engine}&paused`);
    for (const optimiser of ["momentum", "amsgrad", "nadam", "lion"] as const) {
      await load(page, { optimiser, lr: 0.01, rows: 60, inputs: 3, hidden: [4], activation: "tanh" });
      await advance(page, 30);
      const file = await page.evaluate(() => window.alphascope.runFile());
      expect(file.case).toMatchObject({ optimiser });
      await load(page, file);
      await advance(page, 30);
      expect((await status(page)).engine).toBe(engine);
      const { loss } = await trace(page);
      for (const [k, one] of loss.entries()) expect(one / file.trace.loss[k]!).toBeCloseTo(1, digits);
    }
  }
});
