import { splitRows, type Table, type TableRows } from "../data/table";
import { InputError } from "../errors";
import { limits } from "../limits";
import { controls } from "../recipe/controls";
import type { Column, Columns } from "./columnTypes";
import { count, type EncodedTarget, inputsOf, isMissing, namesIn, oneHot, standard } from "./encode";
import { quoted } from "./quoted";
import { type TargetKind, targetKinds } from "./targetKinds";

/** The column to predict, by its index, and the kind of the target. */
export interface Target {
  readonly column: number;
  readonly as: TargetKind;
}

/** The smallest number of rows with a target. */
export const minRows = 4;

/**
 * A table for training: numbers standardised with the mean and the standard deviation of the training rows, categories one-hot
 * in the order of their names, a missing number at the mean and a missing category as zeros. Rows without a target and
 * columns without information are omitted. A random fifth of the rows, the same in every call, is held out (`splitRows`).
 *
 * @throws InputError where the target cannot be predicted, or no input is left
 */
export function tableOf(name: string, { columns, rows, notes }: Columns, { column, as }: Target): Table {
  const target = columns[column];
  if (!target) throw new InputError(`column ${column + 1}: found no such column; the table has ${columns.length}`);
  if (!targetKinds(target).includes(as)) throw new InputError(rejectionOf(target, as));
  const allNotes = [...notes];

  const usable = Array.from({ length: rows }, (_, row) => row).filter((row) => !isMissing(target, row));
  if (usable.length < rows)
    allNotes.push(`Left out: ${count(rows - usable.length, "row")} without ${quoted(target.name)}.`);
  if (usable.length < minRows) {
    const found = count(usable.length, "row");
    throw new InputError(`column ${quoted(target.name)}: found ${found} with a value; allowed: ${minRows} or more`);
  }
  const rowNumbers = (indices: Uint32Array) => Array.from(indices, (index) => usable[index] as number);
  const maxWidth = widthOf(inputsOf(columns, target, rowNumbers(splitRows(usable.length).train), []));
  const outputs = as === "class" ? target.different : 1;
  if (maxWidth > controls.inputs.max) {
    throw new InputError(
      `columns: found ${maxWidth} inputs, with one input per category; allowed: ${controls.inputs.max}`,
    );
  }
  const maxRows = Math.min(controls.rows.max, Math.floor(limits.values / (maxWidth + outputs)));
  const { train, held } = splitRows(usable.length, maxRows);
  if (train.length + held.length < usable.length) {
    allNotes.push(`Of ${count(usable.length, "row")}, ${train.length + held.length} are used, drawn at random.`);
  }
  const inputs = inputsOf(columns, target, rowNumbers(train), allNotes);
  const width = widthOf(inputs);
  if (width === 0) throw new InputError(`column ${quoted(target.name)}: no other column can be an input`);
  const encoded = targetOf(target, as, usable, rowNumbers(train));

  function rowsOf(indices: Uint32Array): TableRows {
    const x = new Float32Array(indices.length * width);
    const y = new Float32Array(indices.length * encoded.width);
    rowNumbers(indices).forEach((row, r) => {
      let to = r * width;
      for (const input of inputs) {
        input.write(row, x, to);
        to += input.width;
      }
      encoded.write(row, y, r * encoded.width);
    });
    return { rows: indices.length, x, y };
  }
  return {
    name,
    loss: as === "class" ? "cross-entropy" : "mse",
    inputs: width,
    outputs: encoded.width,
    train: rowsOf(train),
    held: held.length > 0 ? rowsOf(held) : null,
    target: target.name,
    deviation: encoded.deviation,
    classes: encoded.classes,
    notes: allNotes,
  };
}

const widthOf = (inputs: readonly { readonly width: number }[]): number =>
  inputs.reduce((sum, { width }) => sum + width, 0);

/** A number standardised like an input, or a one-hot class with the classes of all rows. */
function targetOf(
  target: Column,
  as: Target["as"],
  usable: readonly number[],
  trained: readonly number[],
): EncodedTarget {
  if (as === "class" || target.kind === "category") {
    const classes = namesIn(target, usable);
    return { ...oneHot(target, classes), deviation: null, classes };
  }
  const unit = standard(target, trained);
  if (unit === null) throw new InputError(`column ${quoted(target.name)}: all numbers in the training rows are equal`);
  const { values } = target;
  return {
    width: 1,
    write(row, into, to) {
      into[to] = ((values[row] as number) - unit.mean) / unit.deviation;
    },
    deviation: unit.deviation,
    classes: null,
  };
}

function rejectionOf({ name, kind, different }: Column, as: Target["as"]): string {
  const prefix = `column ${quoted(name)}: found`;
  if (different < 2)
    return `${prefix} ${different === 0 ? "nothing" : "one value in all rows"}; a target needs two different values`;
  if (kind === "category" && as === "number") return `${prefix} texts; allowed as a class`;
  if (different <= controls.outputs.max)
    return `${prefix} a different value in each row; a class needs two rows or more`;
  return `${prefix} ${different} different values; allowed: at most ${controls.outputs.max} classes`;
}
