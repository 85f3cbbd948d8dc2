import { type Range, rangeBounds } from "../../../core/experiment/range";
import { controls } from "../../../core/recipe/controls";
import { parseNumber } from "../../../kit/fields/parseNumber";
import { formatSetting } from "../../../kit/text/format";

/** A range test as the texts of its form. */
export interface RangeDraft {
  readonly from: string;
  readonly factor: string;
}

/** The range test begins at this share of the learning rate. */
const firstShare = 1e-2;

export const rangeDraftOf = ({ from, factor }: Range): RangeDraft => ({
  from: formatSetting(from),
  factor: formatSetting(factor),
});

/** A range test that a person may start from at a learning rate. */
export function rangeDraftAt(lr: number): RangeDraft {
  return rangeDraftOf({ from: Number(Math.max(lr * firstShare, controls.lr.min).toPrecision(2)), factor: 1.1 });
}

/** The range test of a form, or its faults. */
export function readRange(draft: RangeDraft): {
  readonly range: Range | null;
  readonly faults: { readonly from?: string; readonly factor?: string };
} {
  const from = parseNumber(draft.from, controls.lr);
  const factor = parseNumber(draft.factor, { label: "The factor", ...rangeBounds.factor });
  const faults = {
    ...("error" in from && { from: from.error }),
    ...("error" in factor && { factor: factor.error }),
  };
  return { range: "value" in from && "value" in factor ? { from: from.value, factor: factor.value } : null, faults };
}
