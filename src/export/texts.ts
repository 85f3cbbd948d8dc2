import { makeRunFile, type RunSoFar } from "../core/files/runfile";
import { found } from "../core/untrusted";
import { csvOf } from "./csv";
import { notebookOf } from "./notebook/notebook";

/** The text formats of an exported run. */
const texts = {
  csv: ({ history }: RunSoFar): string => csvOf(history),
  run: (run: RunSoFar): string => `${JSON.stringify(makeRunFile(run))}\n`,
  notebook: notebookOf,
} as const;

export type TextKind = keyof typeof texts;
const textKinds = Object.keys(texts) as readonly TextKind[];

/** @throws Error that lists the kinds, for an unknown kind */
export function textOf(kind: TextKind, run: RunSoFar): string {
  if (!textKinds.includes(kind)) throw new Error(`export: found ${found(kind)}; allowed: ${textKinds.join(", ")}`);
  return texts[kind](run);
}
