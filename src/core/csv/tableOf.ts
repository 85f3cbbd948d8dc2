import { splitRows, type Table, type TableRows } from "../data/table";
import { InputError } from "../errors";
import { limits } from "../limits";
import { controls } from "../recipe/controls";
import type { Column, Columns } from "./columnTypes";
import { count, type EncodedTarget, inputsOf, isMissing, namesIn, oneHot, standard } from "./encode";
import { quoted } from "./quoted";
import { targetKinds } from "./targetKinds";

/** The column to predict, by its place, and whether its values are amounts or names. */
export interface Target {
  readonly column: number;
  readonly as: "number" | "class";
}

/** Rows without which there is nothing to learn from. */
const fewestRows = 4;

/**
 * A table to train on: numbers standardised with mean and standard deviation of the training rows, categories one-hot in the
 * order of their names, a missing number at the mean and a missing category nowhere. Rows without a target are left out, and
 * columns that say nothing. Every fifth row, drawn at random but always the same, is held out (`splitRows`).
 *
 * @throws InputError where the target cannot be learned, or nothing is left to learn it from
 */
export function tableOf(name: string, { columns, rows, notes }: Columns, { column, as }: Target): Table {
  const target = columns[column];
  if (!target) throw new InputError(`column ${column + 1}: found none; the table has ${columns.length}`);
  if (!targetKinds(target).includes(as)) throw new InputError(whyNot(target, as));
  const said = [...notes];

  const usable = Array.from({ length: rows }, (_, row) => row).filter((row) => !isMissing(target, row));
  if (usable.length < rows)
    said.push(`Left out: ${count(rows - usable.length, "row")} without ${quoted(target.name)}.`);
  if (usable.length < fewestRows) {
    const found = count(usable.length, "row");
    throw new InputError(`column ${quoted(target.name)}: found ${found} with a value; allowed: ${fewestRows} or more`);
  }
  const at = (places: Uint32Array) => Array.from(places, (place) => usable[place] as number);
  const widest = widthOf(inputsOf(columns, target, at(splitRows(usable.length).train), []));
  const outputs = as === "class" ? target.different : 1;
  if (widest > controls.inputs.max) {
    throw new InputError(`columns: found ${widest} inputs, each category counted; allowed: ${controls.inputs.max}`);
  }
  const most = Math.min(controls.rows.max, Math.floor(limits.values / (widest + outputs)));
  const { train, held } = splitRows(usable.length, most);
  if (train.length + held.length < usable.length) {
    said.push(`Of ${count(usable.length, "row")}, ${train.length + held.length} are used, drawn at random.`);
  }
  const inputs = inputsOf(columns, target, at(train), said);
  const width = widthOf(inputs);
  if (width === 0) throw new InputError(`column ${quoted(target.name)}: no other column is left to learn it from`);
  const encoded = targetOf(target, as, usable, at(train));

  function rowsOf(places: Uint32Array): TableRows {
    const x = new Float32Array(places.length * width);
    const y = new Float32Array(places.length * encoded.width);
    at(places).forEach((row, r) => {
      let to = r * width;
      for (const input of inputs) {
        input.write(row, x, to);
        to += input.width;
      }
      encoded.write(row, y, r * encoded.width);
    });
    return { rows: places.length, x, y };
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
    notes: said,
  };
}

const widthOf = (inputs: readonly { readonly width: number }[]): number =>
  inputs.reduce((sum, { width }) => sum + width, 0);

/** Numbers standardised as inputs are; classes one-hot, those of all rows. */
function targetOf(
  target: Column,
  as: Target["as"],
  usable: readonly number[],
  trained: readonly number[],
): EncodedTarget {
  if (as === "class" || target.kind !== "number") {
    const classes = namesIn(target, usable);
    return { ...oneHot(target, classes), deviation: null, classes };
  }
  const unit = standard(target, trained);
  if (unit === null)
    throw new InputError(`column ${quoted(target.name)}: all numbers that are trained on are the same`);
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

function whyNot({ name, kind, different }: Column, as: Target["as"]): string {
  const at = `column ${quoted(name)}: found`;
  if (different < 2) return `${at} ${different === 0 ? "nothing" : "one value in all rows"}; there is nothing to learn`;
  if (kind === "category" && as === "number") return `${at} texts; they can be learned as classes`;
  if (different <= controls.outputs.max) return `${at} another value in each row; a class has two rows or more`;
  return `${at} ${different} different values; allowed: at most ${controls.outputs.max} classes`;
}
