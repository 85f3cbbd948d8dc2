import { controls } from "../recipe/controls";
import type { Column } from "./columnTypes";

/** A number (regression) or a class (classification). */
export type TargetKind = "number" | "class";

/** The kinds of target that a column can be, the default first; empty where it cannot be a target. */
export function targetKinds(column: Column): readonly TargetKind[] {
  const { kind, missing, different } = column;
  const rows = kind === "category" ? column.codes.length : column.values.length;
  // With a different name in every row, no class has two rows.
  const classes = different >= 2 && different <= controls.outputs.max && different < rows - missing;
  if (kind === "category") return classes ? ["class"] : [];
  return different < 2 ? [] : classes ? ["number", "class"] : ["number"];
}
