import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { networkSummary } from "../../../../src/features/settings/networkSummary";

it("networkSummary names layers, activation and data in one line", () => {
  expect(networkSummary(defaultRecipe, null)).toBe("10-5-1, ReLU · noise, 1000 rows");
  expect(networkSummary({ ...defaultRecipe, hidden: [] }, null)).toBe("10-1, linear · noise, 1000 rows");
  expect(networkSummary(defaultRecipe, "mine.csv")).toBe("10-5-1, ReLU · mine.csv, 1000 rows");
});
