/**
 * The layers of src/, lowest first. A layer may import itself and the layers before it; a feature imports no other feature.
 * `npm run format` makes Biome's rules of this table (layers.json), and a unit test fails where the two differ.
 */
const layers = ["core", "export", "engine", "worker", "session", "kit", "actions", "features", "app"] as const;

type Layer = (typeof layers)[number];

/** Layers that a layer must not import although they come before it. */
const independentOf: Partial<Record<Layer, readonly Layer[]>> = { engine: ["export"], worker: ["export"] };

/** The lowest layer that may import a package. Other packages may be imported in every layer. */
const lowestLayer: Readonly<Record<string, Layer>> = {
  "@tensorflow": "engine",
  comlink: "worker",
  zustand: "session",
  react: "kit",
  "react-dom": "kit",
};

const noBrowserGlobals = {
  noRestrictedGlobals: {
    level: "error",
    options: {
      deniedGlobals: Object.fromEntries(
        ["window", "document", "navigator", "self", "localStorage"].map((name) => [name, "core uses no DOM."]),
      ),
    },
  },
};

interface Pattern {
  readonly message: string;
  readonly group: readonly string[];
}

const rechartsOnlyInCharts: Pattern = {
  message: "Only kit/chart imports recharts.",
  group: ["recharts", "recharts/**"],
};

const above = (layer: Layer): readonly Layer[] => [
  ...layers.slice(layers.indexOf(layer) + 1),
  ...(independentOf[layer] ?? []),
];

function patternsOf(layer: Layer): Pattern[] {
  const folders = above(layer).map((name) => `**/${name}/**`);
  const packages = Object.entries(lowestLayer)
    .filter(([, lowest]) => layers.indexOf(lowest) > layers.indexOf(layer))
    .flatMap(([name]) => [name, `${name}/**`]);
  const below = layers.slice(0, layers.indexOf(layer)).filter((name) => !independentOf[layer]?.includes(name));
  const message = `${layer} imports ${[layer, ...below].join(", ")} only.`;
  return [
    ...(folders.length > 0 ? [{ message, group: folders }] : []),
    ...(packages.length > 0 ? [{ message: `${layer} does not import these packages.`, group: packages }] : []),
  ];
}

const override = (includes: readonly string[], patterns: readonly Pattern[], more: object = {}) => ({
  includes,
  linter: {
    rules: { style: { noRestrictedImports: { level: "error", options: { patterns } }, ...more } },
  },
});

/** The part of Biome's configuration that holds the layers. */
export const layersConfiguration = {
  overrides: [
    ...layers.map((layer) =>
      override(
        [`src/${layer}/**`],
        [...patternsOf(layer), rechartsOnlyInCharts],
        layer === "core" ? noBrowserGlobals : {},
      ),
    ),
    override(["src/kit/chart/**"], patternsOf("kit")),
    override(
      ["src/features/**"],
      [
        ...patternsOf("features"),
        rechartsOnlyInCharts,
        { message: "A feature imports no other feature.", group: ["../*/**", "!../../**"] },
      ],
    ),
  ],
};
