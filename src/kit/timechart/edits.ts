import { controls } from "../../core/recipe/controls";
import { optimisers } from "../../core/recipe/optimisers";
import type { Edit, Optimiser, Settings } from "../../core/recipe/recipe";
import { type RateEdit, schedulesIn } from "../../core/schedule/scheduled";
import { formatSetting } from "../text/format";

/** What an edit changed, in the lecture's symbols: “lr 0.05, β₁ 0.5”. */
export function editText({ step: _, ...changes }: Edit): string {
  return changesText(changes);
}

/** Settings in the lecture's symbols: “lr 0.05, Hidden layers 16-16”. */
export function changesText(changes: Partial<Settings>): string {
  return Object.entries(changes)
    .map(([key, value]) => {
      if (key === "optimiser") return optimisers[value as Optimiser].label;
      const { symbol, label } = controls[key as keyof Settings];
      const name = key === "rule" ? "step" : symbol || label;
      return `${name} ${textOf(value)}`;
    })
    .join(", ");
}

function textOf(value: Settings[keyof Settings]): string {
  if (typeof value === "number") return formatSetting(value);
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value !== "string") return value.join("-") || "none";
  return value === "alphaStar" ? "σ·α*" : value;
}

/** A schedule of the learning rate, from its first change to its last. */
export interface Sweep {
  readonly step: number;
  readonly to: number;
  /** What the cursor reads where it begins. */
  readonly text: string;
}

/**
 * What the time axis marks: a schedule once, where it begins, since the learning rate's own line shows the rest; and every
 * other edit.
 */
export function marksOf(edits: readonly Edit[]): {
  readonly edits: readonly Edit[];
  readonly sweeps: readonly Sweep[];
} {
  const schedules = schedulesIn(edits);
  const led = new Set(schedules.flatMap((row) => row.map(({ step }) => step)));
  const others = edits.flatMap(({ step, lr, ...rest }): Edit[] => {
    const edit = { step, ...(lr !== undefined && !led.has(step) && { lr }), ...rest };
    return Object.keys(edit).length > 1 ? [edit] : [];
  });
  const sweeps = schedules.map((row): Sweep => {
    const [from, to] = [row[0], row.at(-1)].map((edit) => edit ?? { step: 0, lr: 0 }) as [RateEdit, RateEdit];
    const rates = `${formatSetting(from.lr)} to ${formatSetting(to.lr)}`;
    return { step: from.step, to: to.step, text: `lr ${rates} by step ${to.step}, in ${row.length} changes` };
  });
  return { edits: others, sweeps };
}

/** Edits too near one another on the screen to be told apart, as one: where they begin, and the last word on each key. */
export function grouped(edits: readonly Edit[], gap: number): Edit[] {
  const groups: Edit[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const edit of edits) {
    const group = groups.at(-1);
    if (group && edit.step - last < gap) groups[groups.length - 1] = { ...group, ...edit, step: group.step };
    else groups.push(edit);
    last = edit.step;
  }
  return groups;
}

/** Those at most `reach` steps away from `step`. */
export function editsNear<E extends { readonly step: number }>(edits: readonly E[], step: number, reach: number): E[] {
  return edits.filter((edit) => Math.abs(edit.step - step) <= reach);
}

/** A label on the time axis, in pixels from the plot's left edge. */
export interface Label {
  readonly x: number;
  readonly text: string;
  /** Ends at x instead of beginning there. */
  readonly before: boolean;
}

export interface Tick {
  /** Pixels from the plot's left edge. */
  readonly at: number;
  readonly edit: Edit;
  /** Instead of what the edit changed. */
  readonly text?: string;
}

/**
 * Labels for ticks at `at` pixels, in their order. One that would run into the label before it is merged into that one,
 * which then counts: “3 changes”;
 * so does one that is long for the plot.
 */
export function labelled(ticks: readonly Tick[], width: number, letter: number): Label[] {
  const labels: (Label & { readonly count: number; readonly end: number })[] = [];
  for (const { at, edit, text = editText(edit) } of ticks) {
    const last = labels.at(-1);
    const changes = Object.keys(edit).length - 1;
    const placed = place(at, letter * text.length < width / 2 ? text : counted(changes), width, letter);
    if (last && placed.end - letter * placed.text.length < last.end) {
      const count = last.count + changes;
      const merged = place(last.before ? last.x : Math.min(last.x, at), counted(count), width, letter);
      labels[labels.length - 1] = { ...merged, count };
    } else labels.push({ ...placed, count: changes });
  }
  return labels.map(({ x, text, before }) => ({ x, text, before }));
}

const counted = (changes: number) => `${changes} change${changes === 1 ? "" : "s"}`;

function place(x: number, text: string, width: number, letter: number) {
  const long = letter * text.length + 8;
  const before = x + long > width;
  return { x, text, before, end: before ? x : x + long };
}
