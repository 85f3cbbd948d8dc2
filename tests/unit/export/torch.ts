import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A Python that has PyTorch; null where there is none. `PYTHON` names another one. */
export const python: string | null =
  [process.env.PYTHON, "python3", "/usr/bin/python3"].find(
    (command) => command && spawnSync(command, ["-c", "import torch"]).status === 0,
  ) ?? null;

if (!python) console.warn("Skipped: no python3 with PyTorch is on this machine, so nothing is recomputed in it.");

const root = join(import.meta.dirname, "../../..");
const env = { ...process.env, OMP_NUM_THREADS: "1", PYTHONIOENCODING: "utf-8" };

/** Files for this test only, and their paths. */
function filesWith(texts: readonly string[], ending: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "alphascope-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return texts.map((text, i) => {
    const path = join(folder, `${i}${ending}`);
    writeFileSync(path, text);
    return path;
  });
}

function run(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(python ?? "", args, { encoding: "utf8", env, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

export interface Execution {
  /** The exit code. */
  readonly status: number;
  /** All that its cells printed, and the traceback of the one that failed. */
  readonly output: string;
}

/** Runs the code cells of notebooks in PyTorch. */
export function execute(notebooks: readonly string[]): Execution[] {
  const script = join(root, "tests/unit/export/execute.py");
  return JSON.parse(run(script, ...filesWith(notebooks, ".ipynb"))) as Execution[];
}

/** What `tests/reference/reference.py` makes of a case. */
export function recompute(source: unknown): unknown {
  const [path = ""] = filesWith([JSON.stringify(source)], ".case.json");
  return JSON.parse(run(join(root, "tests/reference/reference.py"), path));
}
