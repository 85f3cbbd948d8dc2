import { readFileSync } from "node:fs";
import type { Case } from "../../../src/core/files/case";
import type { CaseName, Trace } from "../../reference/decode";

const folder = new URL("../../reference/", import.meta.url);

export function readCase(name: CaseName): Case {
  return JSON.parse(readFileSync(new URL(`${name}.case.json`, folder), "utf8"));
}

export function readTrace(name: CaseName): Trace {
  return JSON.parse(readFileSync(new URL(`${name}.trace.json`, folder), "utf8"));
}

/** Slope and curvature along some direction. */
interface Slopes {
  readonly slope: number;
  readonly curvature: number;
}

/** The expected answers of the probes of a step, from `probes.py`. Vectors are base64 of float64. */
export interface ProbedStep {
  readonly step: number;
  readonly hd: string;
  readonly hessian: string;
  readonly scaled: string;
  readonly others: Readonly<Partial<Record<"gradient" | "momentum" | "sign", Slopes>>>;
  readonly newton: number;
  readonly full: Slopes;
  readonly shares: readonly Slopes[];
}

export function readProbes(name: CaseName): readonly ProbedStep[] {
  return JSON.parse(readFileSync(new URL(`${name}.probes.json`, folder), "utf8")).steps;
}

export function doubles(base64: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  return new Float64Array(bytes.buffer);
}
