import { controls } from "../recipe/controls";
import type { Column } from "./columnTypes";

/** What a column can be learned as, numbers and few names; neither where it cannot be a target. */
export function targetKinds({ kind, values, missing, different }: Column): readonly ("number" | "class")[] {
  // Where every row has a name of its own there is nothing that two rows could share.
  const classes = different >= 2 && different <= controls.outputs.max && different < values.length - missing;
  if (kind === "category") return classes ? ["class"] : [];
  return different < 2 ? [] : classes ? ["number", "class"] : ["number"];
}
