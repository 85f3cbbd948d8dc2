import { expect, it } from "vitest";
import { metricNames, metrics } from "../../../../src/core/history/metrics";

it.each(metricNames)("%s says in one sentence what it is and what to look for", (metric) => {
  const { label, help } = metrics[metric];
  expect(help).toMatch(/^[A-Z][^.]{20,130}\.$/);
  expect(help).not.toBe(label);
});
