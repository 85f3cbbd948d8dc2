import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { rateAt, type Schedule } from "../../../../src/core/schedule/schedule";

interface Reference {
  readonly name: string;
  readonly schedule: Schedule;
  readonly rates: readonly number[];
}

const file = resolve(import.meta.dirname, "../../../reference/schedules.json");
const references: readonly Reference[] = JSON.parse(readFileSync(file, "utf8")).schedules;

it.each(references)("rateAt equals $name at every step, to rounding", ({ schedule, rates }) => {
  expect(rates.length).toBeGreaterThan(schedule.length);
  const peak = Math.max(...rates);
  for (const [t, rate] of rates.entries()) {
    const found = rateAt(schedule, t);
    // A small sum keeps the rounding of its large terms.
    expect(Math.abs(found - rate), `t = ${t}: ${found}, not ${rate}`).toBeLessThanOrEqual(1e-15 * rate + 1e-16 * peak);
  }
});

it("rateAt is linear in ln lr between corners, and constant before the first and after the last", () => {
  const corners = [
    { at: 0.1, value: 0.01 },
    { at: 0.5, value: 1 },
    { at: 1, value: 1e-4 },
  ];
  const drawn: Schedule = { key: "lr", shape: "drawn", length: 1000, corners };
  expect([0, 100, 300, 500, 750, 1000, 5000].map((t) => rateAt(drawn, t))).toEqual(
    [0.01, 0.01, 0.1, 1, 0.01, 1e-4, 1e-4].map((lr) => expect.closeTo(lr, 12)),
  );
});
