import { controls } from "../core/controls";
import type { Edit, LiveSettings } from "../core/recipe";
import { formatSetting } from "./format";

/** What an edit changed, in the lecture's symbols: “lr 0.05, β₁ 0.5”. */
export function editText({ step: _, ...changes }: Edit): string {
  return Object.entries(changes)
    .map(([key, value]) => {
      const { symbol, label } = controls[key as keyof LiveSettings];
      const text =
        typeof value === "number" ? formatSetting(value) : value === true ? "on" : value === false ? "off" : value;
      return `${key === "rule" ? "step" : symbol || label} ${text === "alphaStar" ? "σ·α*" : text}`;
    })
    .join(", ");
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
