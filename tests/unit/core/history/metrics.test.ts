import { expect, it } from "vitest";
import { metricNames, metrics } from "../../../../src/core/history/metrics";

it.each(metricNames)("the help of the metric %s is one sentence of at most 20 words", (metric) => {
  const { label, help } = metrics[metric];
  expect(help).toMatch(/^[A-Z][^.]{20,130}\.$/);
  expect(help.split(" ").length).toBeLessThanOrEqual(20);
  expect(help).not.toBe(label);
});
