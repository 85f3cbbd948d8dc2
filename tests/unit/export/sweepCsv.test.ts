import { expect, it } from "vitest";
import { sweepCsv } from "../../../src/export/sweepCsv";
import { sweepRow } from "../support/sweepRows";

it("sweepCsv writes a header and one row for each run, with empty fields for undefined and non-finite numbers", () => {
  const rows = [
    sweepRow({ lr: 0.01, value: 8, seed: 3, train: { loss: 0.1, accuracy: 0.5 }, held: { loss: 0.2, accuracy: 0.25 } }),
    sweepRow({
      lr: 1,
      value: 8,
      seed: 3,
      train: { loss: Number.NaN, accuracy: null },
      diverged: true,
      alphaStar: null,
    }),
  ];
  expect(sweepCsv(rows, "batchSize").split("\r\n")).toEqual([
    "lr,batchSize,seed,steps,diverged,trainLoss,trainAccuracy,heldLoss,heldAccuracy,lastMinibatchLoss,medianAlphaStar,medianNextAlphaStar",
    "0.01,8,3,100,false,0.1,0.5,0.2,0.25,1,0.3,0.2",
    "1,8,3,100,true,,,,,1,,0.2",
    "",
  ]);
  expect(sweepCsv([], null)).toMatch(/^lr,seed,steps,[^\n]*\r\n$/);
});
