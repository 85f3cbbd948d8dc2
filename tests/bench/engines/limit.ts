import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Compiles limit.c, the notebook's measured step in C for one core. The returned function runs it and gives steps per second; null without gcc. */
export function compileLimit(): (() => number) | null {
  const binary = join(mkdtempSync(join(tmpdir(), "alphascope-")), "limit");
  const flags = ["-O3", "-march=native", "-ffast-math", "tests/bench/engines/limit.c", "-lm", "-o", binary];
  if (spawnSync("gcc", flags).status !== 0) return null;
  return () => Number.parseFloat(spawnSync(binary, { encoding: "utf8" }).stdout);
}
