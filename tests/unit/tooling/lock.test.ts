import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

test("package-lock.json contains the optional packages of every platform, without which npm ci fails", () => {
  const root = resolve(import.meta.dirname, "../../..");
  const { packages } = JSON.parse(readFileSync(resolve(root, "package-lock.json"), "utf8")) as Lock;
  const optional = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(optional.length).toBeGreaterThan(0);
  expect(optional.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});
