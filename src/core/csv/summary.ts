import type { Column, Columns } from "./columnTypes";
import { maxCategories } from "./encode";
import type { TargetKind } from "./targetKinds";
import { trainableTargets } from "./targets";
import { momentText } from "./values/dateText";

/** A column without its values. */
export interface ColumnSummary extends Pick<Column, "name" | "kind" | "missing" | "different"> {
  /** The kinds of target for which the file gives a table, the default first. */
  readonly targets: readonly TargetKind[];
  /** The smallest and the largest value; null for categories and empty columns. Times are texts. */
  readonly range: readonly [lo: number | string, hi: number | string] | null;
  /** Whether a column with this number of categories is left out of the inputs. */
  readonly tooMany: boolean;
}

/** The columns of a CSV without their values. */
export interface Summary extends Pick<Columns, "rows" | "notes" | "questions"> {
  readonly columns: readonly ColumnSummary[];
}

export function summaryOf(all: Columns): Summary {
  const targets = trainableTargets(all);
  const { rows, notes, questions } = all;
  return {
    rows,
    notes,
    questions,
    columns: all.columns.map((column, c) => ({
      name: column.name,
      kind: column.kind,
      missing: column.missing,
      different: column.different,
      targets: targets[c] ?? [],
      range: rangeOf(column),
      tooMany: column.kind === "category" && column.different > maxCategories,
    })),
  };
}

function rangeOf(column: Column): ColumnSummary["range"] {
  if (column.kind === "category" || column.different === 0) return null;
  let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  return column.kind === "time" ? [momentText(lo, column), momentText(hi, column)] : [lo, hi];
}
