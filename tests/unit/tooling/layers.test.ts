import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { layersConfiguration } from "../../lint/layers";

/** Imports that the linter refuses and accepts in a folder of src/. */
const imports = {
  core: {
    refused: [
      "../../export/x",
      "../../engine/x",
      "../../session/x",
      "../../app/x",
      "react",
      "zustand/vanilla",
      "comlink",
    ],
    accepted: ["./x", "../data/x", "d3-random", "pure-rand/generator/xoroshiro128plus"],
  },
  export: { refused: ["../engine/x", "../session/x", "react", "@tensorflow/tfjs-core"], accepted: ["../core/csv/x"] },
  engine: { refused: ["../export/x", "../worker/x", "comlink"], accepted: ["../core/data/x", "@tensorflow/tfjs-core"] },
  "engine/webgl": { refused: ["../../worker/x"], accepted: ["../engine", "@tensorflow/tfjs-backend-webgl/dist/base"] },
  worker: { refused: ["../session/x", "../export/x", "react"], accepted: ["../engine/x", "comlink"] },
  session: {
    refused: ["../kit/x", "../features/x", "react"],
    accepted: ["../export/x", "../worker/x", "zustand/vanilla"],
  },
  kit: { refused: ["../actions/x", "recharts"], accepted: ["../session/x", "react"] },
  "kit/chart": { refused: ["../../features/x"], accepted: ["recharts", "react"] },
  "kit/timechart": { refused: ["../../actions/x", "recharts"], accepted: ["../chart/x"] },
  actions: { refused: ["../features/x", "../app/x", "recharts"], accepted: ["../kit/x", "../session/x"] },
  "features/slice": {
    refused: ["../verdict/x", "../slow-motion/x", "../../app/x", "recharts"],
    accepted: ["./x", "../../kit/chart/x", "../../actions/x", "../../core/history/x"],
  },
  app: { refused: ["recharts"], accepted: ["../features/slice/x", "react-dom/client"] },
} as const;

const cases = Object.entries(imports).flatMap(([folder, { refused, accepted }]) => [
  ...refused.map((specifier) => ({ folder, specifier, allowed: false })),
  ...accepted.map((specifier) => ({ folder, specifier, allowed: true })),
]);

const root = resolve(import.meta.dirname, "../../..");
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

/** Names of the rules that each file breaks, by Biome with this project's configuration. */
function lint(files: Readonly<Record<string, string>>): Map<string, Set<string>> {
  const folder = mkdtempSync(join(tmpdir(), "alphascope-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of ["biome.json", "tests/lint/layers.json"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const command = [biome, "lint", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=json", "src"];
  const { stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  const broken = new Map(Object.keys(files).map((path) => [path, new Set<string>()]));
  for (const { category, location } of (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics) {
    const path = typeof location.path === "string" ? location.path : location.path.file;
    broken.get(path.replaceAll("\\", "/"))?.add(category);
  }
  return broken;
}

test("layers.json holds the rules made from the table of layers", () => {
  const written = JSON.parse(readFileSync(join(root, "tests/lint/layers.json"), "utf8"));
  expect(written, "run npm run format").toEqual(JSON.parse(JSON.stringify(layersConfiguration)));
});

test("the linter refuses an import of a higher layer, of another feature, and of recharts outside the charts", () => {
  const file = (i: number) => join("src", cases[i]?.folder ?? "", `scratch${i}.ts`).replaceAll("\\", "/");
  const texts = cases.map(({ specifier }, i) => [file(i), `export * from ${JSON.stringify(specifier)};\n`] as const);
  const broken = lint(Object.fromEntries(texts));
  const found = cases.map((c, i) => ({ ...c, allowed: !broken.get(file(i))?.has("lint/style/noRestrictedImports") }));
  expect(found).toEqual(cases);
});

test("the linter refuses the DOM in core, and any, enum and default exports everywhere", () => {
  const broken = lint({
    "src/core/data/dom.ts": "export const width = () => window.innerWidth;\n",
    "src/engine/any.ts": "export const x: any = 1;\n",
    "src/engine/enum.ts": "export enum Colour {\n  red,\n}\n",
    "src/engine/default.ts": "export default 1;\n",
  });
  expect([...broken.values()].map((rules) => [...rules])).toEqual([
    ["lint/style/noRestrictedGlobals"],
    ["lint/suspicious/noExplicitAny"],
    ["lint/style/noEnum"],
    ["lint/style/noDefaultExport"],
  ]);
});
