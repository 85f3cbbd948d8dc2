import { splitRows } from "../data/table";
import { controls } from "../recipe/controls";
import type { Column, Columns } from "./columnTypes";
import { inputOf, inputsOf, isMissing, maxCategories, standard } from "./encode";
import { minRows } from "./tableOf";
import { type TargetKind, targetKinds } from "./targetKinds";

/** The kinds of target of each column for which `tableOf` gives a table, the default first; empty where there is none. */
export function trainableTargets({ columns, rows }: Columns): (readonly TargetKind[])[] {
  const all = Array.from({ length: rows }, (_, row) => row);
  const total = columns.reduce((sum, column) => sum + greatestWidth(column), 0);
  const trainedOn = new Map<Column | null, readonly number[]>();
  /** The training rows for a target, in `columns`; the same for all targets without missing values. */
  function trainedFor(target: Column): readonly number[] {
    const key = target.missing > 0 ? target : null;
    const known = trainedOn.get(key);
    if (known) return known;
    const usable = key ? all.filter((row) => !isMissing(target, row)) : all;
    const trained = Array.from(splitRows(usable.length, controls.rows.max).train, (index) => usable[index] as number);
    if (!key) trainedOn.set(key, trained);
    return trained;
  }
  return columns.map((target) => {
    const kinds = targetKinds(target);
    if (kinds.length === 0 || rows - target.missing < minRows) return [];
    const trained = trainedFor(target);
    if (!columns.some((column) => column !== target && typeof inputOf(column, trained) !== "string")) return [];
    const widths = () => inputsOf(columns, target, trained, []).reduce((sum, { width }) => sum + width, 0);
    if (total - greatestWidth(target) > controls.inputs.max && widths() > controls.inputs.max) return [];
    return kinds.filter((kind) => kind === "class" || target.kind === "category" || standard(target, trained) !== null);
  });
}

/** The largest number of inputs of a column: time has two cycles. */
function greatestWidth({ kind, different }: Column): number {
  if (kind === "time") return 5;
  return kind === "number" ? 1 : different > maxCategories ? 0 : different;
}
