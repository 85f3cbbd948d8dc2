import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

/** What a folder must not import, and what it may. */
const arrows = {
  core: {
    no: [
      "../engine/x",
      "../worker/x",
      "../store/x",
      "../charts/x",
      "../ui/x",
      "../export/x",
      "react",
      "@tensorflow/tfjs-core",
    ],
    yes: ["./x", "d3-random", "pure-rand/generator/xoroshiro128plus"],
  },
  engine: {
    no: ["../worker/x", "../store/x", "../charts/x", "../ui/x", "../export/x", "react", "react-dom/client"],
    yes: ["../core/x", "@tensorflow/tfjs-core", "./cpu/x"],
  },
  "engine/webgl": {
    no: ["../../worker/x", "../../store/x"],
    yes: ["../../core/x", "../engine", "@tensorflow/tfjs-backend-webgl"],
  },
  worker: {
    no: ["../store/x", "../charts/x", "../ui/x", "../export/x", "react"],
    yes: ["../core/x", "../engine/x", "comlink"],
  },
  store: {
    no: ["../charts/x", "../ui/x", "recharts"],
    yes: ["../core/x", "../worker/client", "zustand/vanilla", "react"],
  },
  charts: { no: ["../ui/x"], yes: ["../core/x", "../store/x", "recharts", "react"] },
  ui: { no: ["recharts"], yes: ["../core/x", "../store/x", "../charts/x", "react"] },
  export: {
    no: ["../engine/x", "../worker/x", "../store/x", "../charts/x", "../ui/x", "react", "recharts"],
    yes: ["../core/x"],
  },
  ".": { no: ["recharts"], yes: ["./store/x", "./ui/x", "react-dom/client"] },
} as const;

const cases = Object.entries(arrows).flatMap(([folder, { no, yes }]) => [
  ...no.map((specifier) => ({ folder, specifier, allowed: false })),
  ...yes.map((specifier) => ({ folder, specifier, allowed: true })),
]);

const root = resolve(import.meta.dirname, "../../..");
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

/** The rules that Biome, configured as here, finds broken in each of these files. */
function lint(files: Readonly<Record<string, string>>): Map<string, Set<string>> {
  const folder = mkdtempSync(join(tmpdir(), "alphascope-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  copyFileSync(join(root, "biome.json"), join(folder, "biome.json"));
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

test("imports go one way: core <- engine <- worker <- store <- charts, ui; recharts only in charts", () => {
  const file = (i: number) => join("src", cases[i]?.folder ?? "", `scratch${i}.ts`).replaceAll("\\", "/");
  const texts = cases.map(({ specifier }, i) => [file(i), `export * from ${JSON.stringify(specifier)};\n`] as const);
  const broken = lint(Object.fromEntries(texts));
  const found = cases.map((c, i) => ({ ...c, allowed: !broken.get(file(i))?.has("lint/style/noRestrictedImports") }));
  expect(found).toEqual(cases);
});

test("core touches no DOM, and nobody writes any, an enum or a default export", () => {
  const broken = lint({
    "src/core/dom.ts": "export const width = () => window.innerWidth;\n",
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
