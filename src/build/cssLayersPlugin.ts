import type { Plugin } from "vite";

/** The order of the cascade layers: a rule of a later layer wins over a rule of an earlier one. */
const layers = ["base", "vendor", "kit", "features", "app", "presenting", "embed"];

/** Declares the order of the layers in each of the page's style sheets, so that the order in which files are loaded decides nothing. */
export function cssLayersPlugin(): Plugin {
  return {
    name: "css-layers",
    enforce: "pre",
    transform: {
      filter: { id: /\/src\/.*\.css$/ },
      handler: (css) => `@layer ${layers.join(", ")};\n${css}`,
    },
  };
}
