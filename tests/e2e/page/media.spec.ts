import { advance, expect, open, set, test } from "../fixtures";

test("a printed page is a report of at most two pages in light colours, with whole charts, recipe and link", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, "?engine=cpu&paused#lr=0.02&hidden=6");
  await advance(page, 120);
  await set(page, { lr: 0.01 });
  await expect(page.locator(".row .recharts-surface").first()).toBeVisible();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(0);
  expect(pages).toBeLessThanOrEqual(2);

  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.locator(".print-footer")).toContainText("10-6-1");
  await expect(page.locator(".print-footer")).toContainText("Learning rate 0.01");
  await expect(page.locator(".print-footer")).toContainText(
    /#hidden=6&lr=0\.02&edits=121:lr=0\.01|#lr=0\.02&hidden=6&edits=121:lr=0\.01/,
  );
  for (const hidden of [".controls", ".timeline", ".transport", ".notices", ".log"])
    await expect(page.locator(hidden)).toBeHidden();
  const { card, broken } = await page.evaluate(() => ({
    card: getComputedStyle(document.querySelector(".card") as Element).backgroundColor,
    broken: [...document.querySelectorAll(".card")].filter(
      (card) => card.checkVisibility() && getComputedStyle(card).breakInside !== "avoid",
    ).length,
  }));
  expect(card).toBe("rgb(255, 255, 255)");
  expect(broken).toBe(0);
});

test("forced colours keep formulas readable, the track of the steps and the chosen colour of the network", async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  await advance(page, 30);
  const styles = await page.evaluate(() => {
    const style = (selector: string) => getComputedStyle(document.querySelector(selector) as Element);
    return {
      formula: style(".formula .accent").forcedColorAdjust,
      track: style(".scrubber .slider").backgroundImage,
      chosen: style(".network-panel .segments label:has(:checked)").backgroundColor,
      other: style(".network-panel .segments label:not(:has(:checked))").backgroundColor,
    };
  });
  expect(styles.formula).toBe("none");
  expect(styles.track).toContain("gradient");
  expect(styles.chosen).not.toBe(styles.other);
});
