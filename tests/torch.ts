import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Python that has PyTorch; null where there is none. `PYTHON` names another one. */
export const python: string | null =
  [process.env.PYTHON, "python3", "/usr/bin/python3"].find(
    (command) => command && spawnSync(command, ["-c", "import torch"]).status === 0,
  ) ?? null;

if (!python) console.warn("Skipped: tests that need PyTorch; no python3 on this machine has it.");

const env = { ...process.env, OMP_NUM_THREADS: "1", PYTHONIOENCODING: "utf-8" };

/** The JSON that a script prints for these texts, given as files. */
function run(script: string, texts: readonly string[]): unknown {
  const folder = mkdtempSync(join(tmpdir(), "alphascope-"));
  try {
    const paths = texts.map((_, i) => join(folder, `${i}.json`));
    for (const [i, path] of paths.entries()) writeFileSync(path, texts[i] ?? "");
    const args = [join(import.meta.dirname, script), ...paths];
    const { status, stdout, stderr } = spawnSync(python ?? "", args, { encoding: "utf8", env, maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Execution {
  /** The exit code. */
  readonly status: number;
  /** The output of all cells and the traceback of a failed cell. */
  readonly output: string;
}

/** Runs the code cells of notebooks in PyTorch. */
export const execute = (notebooks: readonly string[]) => run("execute.py", notebooks) as Execution[];

/** The largest differences that a notebook's last cell prints for the steps it compares. */
export function differencesIn({ output }: Execution): number[] {
  return [...output.matchAll(/^ {2}(?!norms)\w+ +(\S+) at \d+ +\S+ at /gm)].map(([, text]) => Number(text));
}

/** The trace that `reference.py` computes for a case. */
export const recompute = (source: unknown) => run("reference/reference.py", [JSON.stringify(source)]);

/** The output of `record.py`. */
export interface Records {
  /** The run of the page, recorded by `alphascope.py`. */
  readonly page: unknown;
  readonly convolution: RecordedNetwork;
  readonly attention: RecordedNetwork & { readonly variances: readonly number[] };
}

interface RecordedNetwork {
  readonly file: unknown;
  /** Whether parameters, buffers and random numbers were equal to those of training without measurements, at every step. */
  readonly equal: boolean;
  /** Columns by finite differences, one object a step. */
  readonly expected: readonly Readonly<Record<string, number>>[];
}

/** The runs that `record.py` records with `alphascope.py`. */
export const record = (runFile: unknown) => run("record.py", [JSON.stringify(runFile)]) as Records;
