import { advance, expect, open, test } from "../fixtures";

test("the α* chart draws bands for crowded steps, and single steps on the same axis after zooming in", async ({
  page,
}) => {
  await open(page, "?engine=cpu&paused");
  await advance(page, 3000);
  const card = page.getByRole("region", { name: "α* at every step", exact: true });
  const plot = card.getByRole("slider", { name: /: step$/ });
  const bands = card.locator(".distribution g[opacity]");
  const range = () => card.locator(".recharts-yAxis-tick-labels text").allTextContents();
  // The bands and the median, of this minibatch and of the next one.
  await expect(bands).toHaveCount(4);
  await expect(plot).toHaveAccessibleName(/each column spans 16 steps|each column spans 32 steps/);
  await plot.press("End");
  const opacities: number[] = [];
  let axis: string[] = [];
  for (let zooms = 0; zooms < 8 && (await bands.count()) > 0; zooms++) {
    opacities.push(Number(await bands.first().getAttribute("opacity")));
    axis = await range();
    const name = await page.locator(".zoom-bar").first().textContent();
    await plot.press("+");
    await expect(page.locator(".zoom-bar").first()).not.toHaveText(name ?? "");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  await expect(bands).toHaveCount(0);
  await expect(plot).not.toHaveAccessibleName(/each column/);
  expect(opacities[0]).toBe(1);
  expect(opacities).toEqual(opacities.toSorted((a, b) => b - a));
  expect(await range()).toEqual(axis);
});
