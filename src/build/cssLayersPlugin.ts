import type { Plugin } from "vite";

/** The order of the cascade layers: a rule of a later layer wins over a rule of an earlier one. */
const layers = ["base", "vendor", "kit", "features", "app", "presenting", "embed"];

/** The declaration of that order, which comes before the rules of each style sheet. */
export const layerOrder = `@layer ${layers.join(", ")};`;

/** Declares the order of the layers in each of the page's style sheets, so that the order in which files are loaded decides nothing. */
export function cssLayersPlugin(): Plugin {
  return {
    name: "css-layers",
    enforce: "pre",
    transform: {
      filter: { id: /\/src\/.*\.css$/ },
      handler: (css) => `${layerOrder}\n${css}`,
    },
  };
}
