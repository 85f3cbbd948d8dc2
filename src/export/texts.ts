import { makeRunFile, type RunSoFar } from "../core/runfile";
import { csvOf } from "./csv";
import { notebookOf } from "./notebook";

/** The texts that a run can be taken away as. */
const texts = {
  csv: ({ history }: RunSoFar): string => csvOf(history),
  run: (run: RunSoFar): string => `${JSON.stringify(makeRunFile(run))}\n`,
  notebook: notebookOf,
} as const;

export type TextKind = keyof typeof texts;
export const textKinds = Object.keys(texts) as readonly TextKind[];

/** @throws Error that names what can be exported, for anything else */
export function textOf(kind: TextKind, run: RunSoFar): string {
  if (!textKinds.includes(kind)) {
    const asked = typeof kind === "string" ? `“${(kind as string).slice(0, 40)}”` : `a value of type ${typeof kind}`;
    throw new Error(`export: found ${asked}; allowed: ${textKinds.join(", ")}`);
  }
  return texts[kind](run);
}
