import { controls } from "../../core/recipe/controls";
import { joinChanges } from "../../core/recipe/mergeEdits";
import { optimisers } from "../../core/recipe/optimisers";
import { type Edit, type Optimiser, type Rule, ruleTexts, type Settings } from "../../core/recipe/recipe";
import { formatSetting } from "../text/format";
import { scheduleText } from "../text/scheduleText";

/** The settings that an edit changed, by their symbols, and its schedule: “β₁ 0.5, lr 0.1 to 0.001, cosine over 500 steps”. */
export function editText({ step: _, schedule, ...settings }: Edit): string {
  return [changesText(settings), schedule ? scheduleText(schedule) : ""].filter(Boolean).join(", ");
}

/** As `editText`, for the label of a tick: “β₁ 0.5, schedule”. */
function labelText({ step: _, schedule, ...settings }: Edit): string {
  return [changesText(settings), schedule ? "schedule" : ""].filter(Boolean).join(", ");
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
  return value in ruleTexts ? ruleTexts[value as Rule] : value;
}

/** Edits less than `gap` steps apart, merged into one: the step of the first, the last value of each key. */
export function mergeNearby(edits: readonly Edit[], gap: number): Edit[] {
  const groups: Edit[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const edit of edits) {
    const group = groups.at(-1);
    if (group && edit.step - last < gap) groups[groups.length - 1] = { ...joinChanges(group, edit), step: group.step };
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
  for (const { at, edit } of ticks) {
    const text = labelText(edit);
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
