import { caseNames } from "../../reference/decode";
import { columnsOf, differences, runFileOf, verdictOf } from "../../reference/runs";
import { readCase, readTrace } from "../../unit/support/reference";
import { advance, expect, load, on, recipe, test, trace } from "../fixtures";

for (const name of caseNames) {
  test(`the cpu engine agrees with PyTorch within 1e-9 at every step of ${name}`, async ({ openPage }) => {
    const { rows, finalWeights, finalBiases } = readTrace(name);
    const { steps, sizes, activation, start } = readCase(name);
    const page = await openPage("cpu");
    await load(page, runFileOf(name));
    expect(await recipe(page)).toMatchObject({ activation, hidden: sizes.slice(1, -1), lr: start.lr });
    await advance(page, steps);
    const mine = await trace(page);
    const file = await page.evaluate(() => window.alphascope.runFile());
    const wrong = Object.entries(columnsOf(rows)).flatMap(([key, expected]) =>
      differences(key, mine[key as keyof typeof mine], expected, 1e-9, 1e-12),
    );
    expect(wrong).toEqual([]);
    expect(mine.verdict).toEqual(rows.map(verdictOf));
    expect(differences("finalWeights", file.finalWeights, finalWeights, 1e-9, 1e-12)).toEqual([]);
    expect(differences("finalBiases", file.finalBiases, finalBiases, 1e-9, 1e-12)).toEqual([]);
  });

  test(`the webgl engine agrees with PyTorch within 1% for 32 steps of ${name}`, on("webgl"), async ({ openPage }) => {
    const rows = readTrace(name).rows.slice(0, 32);
    const page = await openPage("webgl");
    await load(page, runFileOf(name));
    await advance(page, 32);
    expect(await page.evaluate(() => window.alphascope.status().engine)).toBe("webgl");
    const mine = await trace(page);
    const wrong = Object.entries(columnsOf(rows)).flatMap(([key, expected]) =>
      differences(key, mine[key as keyof typeof mine], expected, 1e-2, 1e-6),
    );
    expect(wrong).toEqual([]);
  });
}
