import { controls } from "../recipe/controls";
import type { Column } from "./columnTypes";

/** The kinds of target that a column can be, the default first; empty where it cannot be a target. */
export function targetKinds({ kind, values, missing, different }: Column): readonly ("number" | "class")[] {
  // With a different name in every row, no class has two rows.
  const classes = different >= 2 && different <= controls.outputs.max && different < values.length - missing;
  if (kind === "category") return classes ? ["class"] : [];
  return different < 2 ? [] : classes ? ["number", "class"] : ["number"];
}
