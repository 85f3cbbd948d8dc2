import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tensorStroke } from "../../../../src/kit/text/palette";

const tokens = readFileSync(new URL("../../../../src/app/tokens.css", import.meta.url), "utf8");
const colours = new Map(
  Array.from(tokens.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g), ([, name, light, dark]) => [
    name as string,
    { light: light as string, dark: dark as string },
  ]),
);

/** WCAG 2.2: (L₁ + 0.05) / (L₂ + 0.05) of the relative luminances, the lighter one above. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, blue = 0] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

describe.each(["light", "dark"] as const)("palette in %s", (theme) => {
  const colour = (name: string) => colours.get(name)?.[theme] ?? "";
  const texts = ["ink", "muted", "lr", "star", "slope", "curvature", "fault", "positive", "negative"];
  const lines = ["layer-1", "layer-2", "layer-3", "layer-4"];

  it.each([...texts, ...lines])("palette colour %s has a contrast of 4.5 to 1 with the card and the page", (name) => {
    expect(contrast(colour(name), colour("card"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(name), colour("bg"))).toBeGreaterThanOrEqual(4.5);
  });

  it("palette edge has a contrast of 3 to 1 with the card", () => {
    expect(contrast(colour("edge"), colour("card"))).toBeGreaterThanOrEqual(3);
  });
});

it("tensorStroke differs for every tensor of a deep network", () => {
  const strokes = Array.from({ length: 14 }, (_, t) => JSON.stringify(tensorStroke(t)));
  expect(new Set(strokes).size).toBe(14);
});
