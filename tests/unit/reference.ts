import { readFileSync } from "node:fs";
import type { Case } from "../../src/core/case";
import type { CaseName, Trace } from "../reference/decode";

const folder = new URL("../reference/", import.meta.url);

export function readCase(name: CaseName): Case {
  return JSON.parse(readFileSync(new URL(`${name}.case.json`, folder), "utf8"));
}

export function readTrace(name: CaseName): Trace {
  return JSON.parse(readFileSync(new URL(`${name}.trace.json`, folder), "utf8"));
}
