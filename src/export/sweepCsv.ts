import type { SweepRow } from "../core/experiment/runSummary";
import type { SecondKey } from "../core/experiment/sweep";

/** A column of the CSV: its name and its value of a run; an undefined or non-finite number is an empty field. */
type Column = readonly [name: string, of: (row: SweepRow) => number | string | null | undefined];

const results: readonly Column[] = [
  ["steps", ({ steps }) => steps],
  ["diverged", ({ diverged }) => String(diverged)],
  ["trainLoss", ({ train }) => train.loss],
  ["trainAccuracy", ({ train }) => train.accuracy],
  ["heldLoss", ({ held }) => held?.loss],
  ["heldAccuracy", ({ held }) => held?.accuracy],
  ["lastMinibatchLoss", ({ lastLoss }) => lastLoss],
  ["medianAlphaStar", ({ alphaStar }) => alphaStar],
  ["medianNextAlphaStar", ({ nextAlphaStar }) => nextAlphaStar],
];

/** The runs of a sweep as CSV (RFC 4180: a header, commas, CRLF), one row a run. @param second the setting beside lr and seed */
export function sweepCsv(rows: readonly SweepRow[], second: SecondKey | null): string {
  const columns: readonly Column[] = [
    ["lr", ({ lr }) => lr],
    ...(second ? [[second, ({ value }: SweepRow) => value] as const] : []),
    ["seed", ({ seed }) => seed],
    ...results,
  ];
  const lines = rows.map((row) => columns.map(([, of]) => field(of(row))).join(","));
  return [columns.map(([name]) => name).join(","), ...lines, ""].join("\r\n");
}

const field = (value: number | string | null | undefined): string =>
  typeof value === "number" ? (Number.isFinite(value) ? String(value) : "") : (value ?? "");
