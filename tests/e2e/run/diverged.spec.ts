import { advance, divergesAt20, expect, load, nonsense, on, open, status, test, trace } from "../fixtures";

for (const engine of ["cpu", "webgl"] as const) {
  test(
    `a diverging run on ${engine} stops, names its step and trains again after a seek`,
    on(engine),
    async ({ page }) => {
      await open(page, `?engine=${engine}&paused`);
      await load(page, divergesAt20);
      await page.getByLabel("Speed").selectOption({ label: "max" });
      await page.getByRole("button", { name: "Play", exact: true }).click();
      await expect.poll(async () => (await status(page)).state).toBe("diverged");
      expect((await status(page)).step).toBe(20);
      const { verdict, loss } = await trace(page);
      expect(verdict.indexOf("diverged")).toBe(19);
      expect(loss.slice(0, 20).every(Number.isFinite)).toBe(true);
      await expect(page.getByText(/diverged at step 20\b/i).first()).toBeVisible();
      expect(await nonsense(page)).toEqual([]);
      // Charts, log and direction of the steps after the divergence.
      await advance(page, 10);
      expect((await status(page)).step).toBe(30);
      expect(await nonsense(page)).toEqual([]);
      await page.evaluate(() => window.alphascope.seek(19));
      expect(await status(page)).toMatchObject({ step: 19, state: "paused" });
      await page.evaluate(() => window.alphascope.reset());
      expect(await status(page)).toMatchObject({ step: 0, state: "paused" });
    },
  );
}

const extremes: Readonly<Record<string, Record<string, unknown>>> = {
  "learning rate 1 without ε": { lr: 1, eps: 0 },
  "the longest moment decay": { beta1: 0.999999, beta2: 0.999999 },
  "no moment decay": { beta1: 0, beta2: 0 },
  "batches of one row": { batchSize: 1 },
  "batches larger than the data": { batchSize: 20_000 },
  "a linear model": { hidden: [] },
  "the largest learning rate": { lr: 100, activation: "sigmoid" },
};

for (const engine of ["cpu", "webgl"] as const) {
  for (const [name, run] of Object.entries(extremes)) {
    test(
      `a run with ${name} on ${engine} trains or names the step at which it diverges`,
      on(engine),
      async ({ openPage }) => {
        const page = await openPage(engine);
        await load(page, run);
        await advance(page, 64);
        const { verdict, loss, step } = await trace(page);
        const first = verdict.indexOf("diverged");
        expect(step).toHaveLength(64);
        expect(loss.slice(0, first < 0 ? undefined : first).every(Number.isFinite)).toBe(true);
        if (first >= 0) await expect(page.getByText(new RegExp(`step ${first + 1}\\b`)).first()).toBeVisible();
        // JSON has no NaN: a saved run file must be valid when it is opened again.
        const file = await page.evaluate(() => JSON.parse(JSON.stringify(window.alphascope.runFile())));
        if (first < 0) await load(page, file);
        else
          expect(await load(page, file).catch((error: Error) => error.message)).toMatch(/^$|alphascope|final|trace/i);
      },
    );
  }
}
