import { advance, expect, load, open, status, test } from "../fixtures";

test("the slice shows the loss and α* of the selected step", async ({ page }) => {
  await open(page);
  const card = page.getByRole("region", { name: "Loss along d" });
  await expect(card).toContainText("No data yet");
  await advance(page, 40);
  await expect(card).toContainText("step 40, batch of 32");
  await expect(card.locator(".slice-curve path[d]")).toHaveCount(4);

  // The first key selects the latest step.
  for (const _ of [0, 1]) await page.getByRole("slider", { name: /^α\* and learning rate/ }).press("ArrowLeft");
  await expect(card).toContainText("step 39, batch of 32");
  const [loss, stepTaken] = await page.evaluate(() => {
    const trace = window.alphascope.trace();
    return [trace.loss[38] as number, trace.stepTaken[38] as number];
  });
  const name = `${loss.toPrecision(3)} at α = 0; the step taken is ${stepTaken.toFixed(5)}`;
  await expect(card.getByRole("img", { name })).toBeVisible();
});

test("the slice has no curve of a next minibatch when the minibatch holds all rows, or with ?judge=off", async ({
  page,
}) => {
  await open(page);
  const card = page.getByRole("region", { name: "Loss along d" });
  await advance(page, 3);
  const legend = card.locator(".legend");
  await expect(legend).toContainText("next batch");
  const judged = card.getByRole("img", { name: /; for the next batch α\* is −?\d/ });
  await expect(judged).toBeVisible();
  await expect(card.locator("circle.slice-next")).toHaveCount(1);
  await load(page, { batchSize: 1000 });
  await advance(page, 3);
  await expect(legend).toContainText("all data");
  await expect(legend).not.toContainText("next batch");
  await expect(judged).toHaveCount(0);
  await open(page, "?engine=cpu&paused&judge=off");
  await advance(page, 3);
  await expect(legend).toContainText("all data");
  await expect(legend).not.toContainText("next batch");
  await expect(card.locator("circle.slice-next")).toHaveCount(0);
});

test("the slice follows a playing run and is empty after another run is loaded", async ({ page }) => {
  await open(page);
  const card = page.getByRole("region", { name: "Loss along d" });
  const step = async () => Number(/step (\d+)/.exec((await card.textContent()) ?? "")?.[1] ?? 0);
  await page.evaluate(() => window.alphascope.play());
  await expect.poll(step).toBeGreaterThan(0);
  const before = await step();
  await expect.poll(step).toBeGreaterThan(before);
  await page.evaluate(() => window.alphascope.pause());
  // Steps requested before the pause can still arrive.
  await expect.poll(async () => (await step()) - (await status(page)).step).toBe(0);
  await load(page, { lr: 0.3, hidden: [3] });
  await expect(card).toContainText("No data yet");
});

test("the slice labels its marks and describes the quadratic model for every verdict", async ({ page }) => {
  await open(page);
  const card = page.getByRole("region", { name: "Loss along d" });
  await load(page, { lr: 0.05, beta1: 0.99 });
  await advance(page, 120);
  const verdicts = await page.evaluate(() => window.alphascope.trace().verdict);
  const expected = [
    ["minimum", "2α*", /At α\* the loss/],
    ["behind", "α*", /d points uphill/],
    ["concave", /^(← )?α\* \(maximum\)( →)?$/, /no best step/],
  ] as const;
  // In descending order: a seek back removes the later steps.
  const last = expected.map((entry) => ({ step: verdicts.lastIndexOf(entry[0]) + 1, entry }));
  for (const { step, entry } of last.sort((a, b) => b.step - a.step)) {
    const [verdict, label, sentence] = entry;
    expect(step, `a step whose verdict is ${verdict}`).toBeGreaterThan(0);
    await page.evaluate((to) => window.alphascope.seek(to), step);
    await expect(card).toContainText(`step ${step},`);
    await expect(card.locator("svg text").getByText(label, { exact: true })).toBeVisible();
    await expect(card).toContainText(sentence);
    await expect(card.locator("svg text").getByText("Gauss–Newton")).toHaveCount(verdict === "concave" ? 1 : 0);
  }
});
