import { advance, expect, open, recipe, status, test, trace } from "../fixtures";

test("a link opens the page with its recipe", async ({ page }) => {
  await open(page, "?engine=cpu&paused#lr=0.01&hidden=16,16&activation=tanh&edits=12:lr=0.05;30:beta1=0.5,batchSize=8");
  expect(await recipe(page)).toMatchObject({
    lr: 0.01,
    hidden: [16, 16],
    activation: "tanh",
    batchSize: 32,
    edits: [
      { step: 12, lr: 0.05 },
      { step: 30, beta1: 0.5, batchSize: 8 },
    ],
  });
  await advance(page, 31);
  const { stepTaken, batch } = await trace(page);
  expect([stepTaken[10], stepTaken[11], batch[28], batch[29]]).toEqual([0.01, 0.05, 32, 8]);
});

const bad = {
  "#lr=-4&seed=9": /lr/,
  "#colour=red&seed=9": /colour/,
  "#hidden=5,x&seed=9": /hidden/,
  "#edits=12:lr=abc&seed=9": /12.*lr|lr.*12/,
  "#noise=%E0%A4%A&seed=9": /noise|%E0/,
} as const;

for (const [hash, named] of Object.entries(bad)) {
  test(`the link ${hash} shows an error for its fault and sets its valid keys`, async ({ page }) => {
    await open(page, `?engine=cpu&paused${hash}`);
    await expect(page.getByRole("alert")).toContainText(named);
    expect(await recipe(page)).toMatchObject({ seed: 9, lr: 1e-3, hidden: [5], edits: [], noise: 1 });
    await advance(page, 1);
    expect(await status(page)).toMatchObject({ step: 1 });
  });
}

test("an unknown value of a view parameter shows an error", async ({ page }) => {
  await open(page, "?engine=quantum&paused");
  await expect(page.getByRole("alert")).toContainText(/quantum/);
  expect(await status(page)).toMatchObject({ state: "paused" });
});

test("?judge=off takes the same steps and leaves out the judgement of the next minibatch", async ({ page }) => {
  await open(page);
  await advance(page, 40);
  const judged = await trace(page);
  for (const name of ["nextSlope", "nextCurvature", "nextVerdict"] as const) expect(judged[name]).not.toContain(null);
  await open(page, "?engine=cpu&paused&judge=off");
  await advance(page, 40);
  const none = Array(40).fill(null);
  const missing = { nextSlope: none, nextCurvature: none, nextAlphaStar: none, nextVerdict: none };
  expect(await trace(page)).toEqual({ ...judged, ...missing });
});
