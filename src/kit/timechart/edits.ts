import { controls } from "../../core/recipe/controls";
import { optimisers } from "../../core/recipe/optimisers";
import type { Edit, Optimiser, Settings } from "../../core/recipe/recipe";
import { findSchedules, type RateEdit } from "../../core/schedule/findSchedules";
import { formatSetting } from "../text/format";

/** The settings that an edit changed, by their symbols: “lr 0.05, β₁ 0.5”. */
export function editText({ step: _, ...changes }: Edit): string {
  return changesText(changes);
}

/** Settings by their symbols, or by their labels: “lr 0.05, Hidden layers 16-16”. */
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

/** A schedule of the learning rate, from the step of its first change to that of its last. */
export interface ScheduleMark {
  readonly step: number;
  readonly to: number;
  /** The reading at its first step. */
  readonly text: string;
}

/**
 * The marks of a time axis: one at the first step of each schedule, whose later changes the line of the learning rate
 * shows, and one for every other edit.
 */
export function editMarks(edits: readonly Edit[]): {
  readonly edits: readonly Edit[];
  readonly schedules: readonly ScheduleMark[];
} {
  const runs = findSchedules(edits);
  const scheduled = new Set(runs.flatMap((run) => run.map(({ step }) => step)));
  const others = edits.flatMap(({ step, lr, ...rest }): Edit[] => {
    const edit = { step, ...(lr !== undefined && !scheduled.has(step) && { lr }), ...rest };
    return Object.keys(edit).length > 1 ? [edit] : [];
  });
  const schedules = runs.map((run): ScheduleMark => {
    const [from, to] = [run[0], run.at(-1)].map((edit) => edit ?? { step: 0, lr: 0 }) as [RateEdit, RateEdit];
    const rates = `${formatSetting(from.lr)} to ${formatSetting(to.lr)}`;
    return { step: from.step, to: to.step, text: `lr ${rates} by step ${to.step}, in ${run.length} changes` };
  });
  return { edits: others, schedules };
}

/** Edits less than `gap` steps apart, merged into one: the step of the first, the last value of each key. */
export function mergeNearby(edits: readonly Edit[], gap: number): Edit[] {
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

/** The edits at most `reach` steps from `step`. */
export function editsNear<E extends { readonly step: number }>(edits: readonly E[], step: number, reach: number): E[] {
  return edits.filter((edit) => Math.abs(edit.step - step) <= reach);
}

export interface Label {
  /** Pixels from the plot's left edge. */
  readonly x: number;
  readonly text: string;
  /** The text ends at x; otherwise it begins at x. */
  readonly before: boolean;
}

export interface Tick {
  /** Pixels from the plot's left edge. */
  readonly at: number;
  readonly edit: Edit;
  /** Replaces the text of the edit's changes. */
  readonly text?: string;
}

/**
 * Labels for ticks in ascending order. A label that would overlap the previous one is merged with it into a count,
 * “3 changes”; a label longer than half the plot becomes a count too.
 *
 * @param width of the plot, in pixels
 * @param letter width of a letter, in pixels
 */
export function labelsFor(ticks: readonly Tick[], width: number, letter: number): Label[] {
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
