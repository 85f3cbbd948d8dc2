import { controls } from "../controls";
import type { Column } from "./columns";

/** What a column can be learned as, numbers and few names; neither where it cannot be a target. */
export function targetKinds({ kind, different }: Column): readonly ("number" | "class")[] {
  const classes = different >= 2 && different <= controls.outputs.max;
  if (kind === "category") return classes ? ["class"] : [];
  return different < 2 ? [] : classes ? ["number", "class"] : ["number"];
}
