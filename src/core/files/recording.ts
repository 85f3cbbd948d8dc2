import type { Tensor } from "../data/problem";
import { verdicts } from "../history/alpha";
import { type Columns, makeColumns, normKinds } from "../history/metrics";
import { traceMetrics } from "../history/trace";
import type { Settings } from "../recipe/recipe";
import type { FiledTrace } from "./traceSchema";

/** A run that another program has measured: the measurements of all steps, without data, network and parameters. */
export interface Recording {
  readonly name: string;
  /** The name of the optimiser in that program. */
  readonly optimiser: string;
  /** The program and its precision, as “PyTorch 2.6.0, cuda, float32”. */
  readonly device: string;
  /** The settings that the file has: the values of step 1. */
  readonly settings: RecordedSettings;
  /** The tensors, or groups of tensors, of the norms; they have no place in a vector. */
  readonly tensors: readonly Tensor[];
  /** All steps. */
  readonly columns: Columns;
}

export type RecordedSettings = Partial<
  Pick<Settings, "optimiser" | "lr" | "beta1" | "beta2" | "eps" | "weightDecay" | "batchSize">
>;

/** The largest number of tensors that the page draws: those of its own largest network. */
const mostTensors = 14;

/** A tensor of a network elsewhere. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * Tensors in at most `mostTensors` groups: the tensors themselves, else the modules at the greatest depth of their names at which
 * there are few enough, else parts of the list of equal length.
 * @returns the name of each group and the indices of its tensors
 */
export function groupsOf(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const parts = names.map((name) => name.split("."));
  const deepest = Math.max(...parts.map(({ length }) => length));
  for (let depth = deepest; depth >= 1; depth--) {
    const groups = groupBy(parts.map((part) => part.slice(0, depth).join(".")));
    if (groups.size <= mostTensors) return groups;
  }
  const length = Math.ceil(names.length / mostTensors);
  return groupBy(
    names.map((_, i) => `${names[i - (i % length)]} +${Math.min(length, names.length - i + (i % length)) - 1}`),
  );
}

function groupBy(keys: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [i, key] of keys.entries()) groups.set(key, [...(groups.get(key) ?? []), i]);
  return groups;
}

/**
 * The columns of a trace. The norm of a group is the root of the sum of the squares.
 * @param groups the indices of the trace's tensors in each group
 * @param rows the number of rows of the data; Infinity where it is unknown
 */
export function columnsOf(trace: FiledTrace, groups: readonly (readonly number[])[], rows: number): Columns {
  const count = trace.step.length;
  const tensors = groups.map(() => unplaced("", []));
  const columns: Columns = { ...makeColumns(1, count, tensors), count, directions: new Float64Array(0) };
  const { metrics } = columns;
  for (const name of traceMetrics) {
    const entries: readonly unknown[] | undefined = trace[name];
    if (!entries) metrics[name].fill(Number.NaN);
    else metrics[name].set(entries.map(numberOf));
  }
  metrics.lr.set(metrics.stepTaken);
  let [epoch, used, batches] = [0, 0, 0];
  for (let row = 0; row < count; row++) {
    if (used >= rows) [epoch, used, batches] = [epoch + 1, 0, 0];
    metrics.epoch[row] = epoch;
    metrics.batchIndex[row] = batches++;
    used += metrics.batch[row] as number;
  }
  for (const kind of normKinds) {
    for (const [g, group] of groups.entries()) {
      for (let row = 0; row < count; row++) {
        columns[kind][row * groups.length + g] = Math.hypot(
          ...group.map((tensor) => trace[kind][tensor]?.[row] as number),
        );
      }
    }
  }
  return columns;
}

/** A tensor that has no place in a vector of all parameters. */
export const unplaced = (name: string, shape: readonly number[]): Tensor => ({ name, shape, offset: 0, size: 0 });

/** The number of an entry: an index of `verdicts` for a verdict. */
function numberOf(entry: unknown): number {
  if (typeof entry === "string") return (verdicts as readonly string[]).indexOf(entry);
  return typeof entry === "number" ? entry : Number.NaN;
}
