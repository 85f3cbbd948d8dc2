import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, divergesAt20, expect, load, open, set, status, test } from "../fixtures";

type Show = (page: Page) => Promise<unknown>;

const leave: Show = (page) => page.keyboard.press("Escape");

/** States of a run, each reached from the one before, at any size of the page and in presentation mode. */
const ofARun: Readonly<Record<string, Show>> = {
  start: async (page) => page.locator(".recharts-surface").first().waitFor(),
  playing: async (page) => {
    await page.evaluate(() => window.alphascope.play());
    await expect.poll(async () => (await status(page)).step).toBeGreaterThan(20);
  },
  paused: async (page) => {
    await page.evaluate(() => window.alphascope.pause());
    await set(page, { lr: 0.01 });
    await advance(page, 300);
  },
  "a selected step": async (page) => {
    const plot = page.getByRole("slider", { name: /: step$/ }).first();
    // The second chart of presentation mode is a time chart.
    if (!(await plot.isVisible())) await page.keyboard.press("2");
    await plot.focus();
    for (let key = 0; key < 3; key++) await page.keyboard.press("ArrowLeft");
    await expect(page.locator(".reading").first()).toBeVisible();
  },
  zoomed: async (page) => {
    await page.evaluate(() => document.activeElement?.scrollIntoView({ block: "center" }));
    await page.keyboard.press("+");
    await expect(page.getByRole("button", { name: "back to live" })).toBeVisible();
  },
  "slow motion": async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await expect(page.getByRole("region", { name: "Slow motion" })).toBeVisible();
  },
  help: async (page) => {
    await leave(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  "a schedule": async (page) => {
    await leave(page);
    await page.keyboard.press("d");
    await expect(page.getByRole("dialog")).toContainText("The schedule is one change");
    await page.getByRole("textbox", { name: /^From/ }).fill("fast");
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("not a number");
  },
  diverged: async (page) => {
    await leave(page);
    await load(page, divergesAt20);
    await advance(page, 25);
    expect(await status(page)).toMatchObject({ state: "diverged" });
  },
};

/** Scenes of the lecture, each reached from the one before, at any size of the page and in presentation mode. */
const ofTheLecture: Readonly<Record<string, Show>> = {
  "a scene of the lecture": async (page) => {
    await page.keyboard.press("e");
    const scene = page.getByRole("region", { name: "Lesson" });
    await expect(scene).toBeVisible();
    await page.keyboard.press("PageDown");
    await expect(scene).toContainText("Norms at step 1");
  },
  "a scene with its control": async (page) => {
    await page.keyboard.press("PageDown");
    await expect(page.locator(".control.in-scene")).toBeVisible();
    await page.evaluate(() => window.alphascope.pause());
  },
  "the scene of the edge of stability": async (page) => {
    for (let scene = 3; scene < 10; scene++) await page.keyboard.press("PageDown");
    const chart = page.getByRole("region", { name: "Edge of stability", exact: true });
    // Only a chart in sight is measured.
    await chart.scrollIntoViewIfNeeded();
    await expect(chart).toContainText("of the threshold");
    await page.evaluate(() => window.alphascope.pause());
  },
};

/** States outside presentation mode, each reached from a page of its own. */
const ofAPage: Readonly<Record<string, Show>> = {
  "a link with faults": async (page) => {
    await open(page, "?engine=cpu&paused&theme=blue#lr=fish&colour=red");
    await expect(page.getByRole("alert").first()).toContainText("fish");
  },
  "network and data, and why it trains on the CPU": async (page) => {
    await open(page, "?paused");
    await page.getByText("Network and data").click();
    await page.getByRole("button", { name: /Engine:\s*CPU/ }).click();
    await expect(page.getByRole("button", { name: "Measure both" })).toBeVisible();
    await expect(page.locator("#engine-details")).toContainText("emulated in software");
  },
  "matrices of a larger network": async (page) => {
    await open(page, "?engine=cpu&paused#hidden=16,16&rule=alphaStar");
    await advance(page, 5);
    await expect(page.locator(".matrix").first()).toBeVisible();
  },
  probes: async (page) => {
    await open(page, "?engine=cpu&paused");
    await advance(page, 60);
    await page.keyboard.press("q");
    await expect(page.getByRole("img", { name: /^All 61 eigenvalues/ })).toBeVisible();
    await expect(page.getByRole("img", { name: /^Contours of the loss/ })).toBeVisible();
  },
  "no engine": async (page) => {
    await page.route(/worker.*\.js$/, (route) => route.abort());
    await page.goto("./");
    await expect(page.getByRole("alert")).toContainText(/worker/i);
  },
};

test.describe(() => {
  test.use({ expectedErrors: /Failed to load resource|ERR_FAILED/ });

  for (const [width, height] of [
    [390, 844],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    const presenting = width === 1920;
    const chains = [
      ofARun,
      ofTheLecture,
      ...(presenting ? [] : Object.entries(ofAPage).map((entry) => Object.fromEntries([entry]))),
    ];
    for (const states of chains) {
      // The colours of a phone are those of the wider window: one scheme is enough there.
      const schemes = width === 390 ? (["light"] as const) : (["light", "dark"] as const);
      const where = `${width} × ${height}${presenting ? " in presentation mode" : ""}`;
      test(`axe finds no violation at ${where} in ${schemes.join(" and ")}: ${Object.keys(states).join(", ")}`, async ({
        page,
      }) => {
        test.slow();
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        await open(page);
        if (presenting) await page.keyboard.press("p");
        const found: Record<string, string[]> = {};
        for (const [state, show] of Object.entries(states)) {
          await show(page);
          found[state] = await findings(page, schemes);
        }
        expect(found).toEqual(Object.fromEntries(Object.keys(states).map((state) => [state, []])));
      });
    }
  }
});

for (const [width, height] of [
  [320, 640],
  [390, 844],
  [768, 1024],
  [1440, 900],
  [1920, 1080],
] as const) {
  test(`the page fits a window of ${width} × ${height} in width${width >= 1440 ? " and height" : ""}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await advance(page, 237);
    const { scrollWidth, scrollHeight } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { scrollWidth, scrollHeight };
    });
    expect(scrollWidth).toBeLessThanOrEqual(width);
    if (width >= 1440) expect(scrollHeight).toBeLessThanOrEqual(height);
  });
}

/** The styles of a control and its descendants that a focus ring changes: outline, shadow, stroke or fill. */
function focusStyles(control: Element): string {
  // An invisible radio button or checkbox shows its focus on its label.
  const whole = (control.matches("[type=radio], [type=checkbox]") && control.closest("label")) || control;
  return [whole, ...whole.querySelectorAll("*")]
    .map((element) => {
      const { outline, boxShadow, stroke, strokeWidth, fill } = getComputedStyle(element);
      return [outline, boxShadow, stroke, strokeWidth, fill].join();
    })
    .join();
}

test.describe(() => {
  test.use({ ownPage: true });

  test("the Tab key reaches every control and shows a focus ring on it", async ({ page }) => {
    await page.addInitScript(`window.focusStyles = ${focusStyles}`);
    await open(page);
    await advance(page, 10);
    const reachable =
      "button:enabled, input:enabled, select:enabled, textarea:enabled, a[href], summary, [tabindex='0']";
    const expected = await page.locator(reachable).evaluateAll((controls) => {
      const { focusStyles } = window as unknown as { focusStyles(control: Element): string };
      // The keyboard reaches the selected radio button of a group.
      const stops = controls.filter(
        (c) => c.checkVisibility() && !(c.matches("[type=radio]") && !c.matches(":checked")),
      );
      for (const [i, control] of stops.entries()) {
        control.setAttribute("data-stop", String(i));
        control.setAttribute("data-focusStyles", focusStyles(control));
      }
      return stops.length;
    });
    expect(expected).toBeGreaterThan(15);
    const reached = new Set<string>();
    for (let i = 0; i < 2 * expected && reached.size < expected; i++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const { activeElement } = document;
        if (!activeElement?.hasAttribute("data-stop")) return null;
        const { focusStyles } = window as unknown as { focusStyles(control: Element): string };
        const shown = focusStyles(activeElement) !== activeElement.getAttribute("data-focusStyles");
        return `${activeElement.getAttribute("data-stop")}${shown ? "" : " without a focus ring"}`;
      });
      if (stop !== null) reached.add(stop);
    }
    expect([...reached].sort()).toEqual(Array.from({ length: expected }, (_, i) => String(i)).sort());
  });
});
