import type { NumberControl, WidthsControl } from "../../core/recipe/control";
import { formatSetting } from "../text/format";

/** The value of a typed setting, or the error to show beside its field. */
export type Parsed<V> = { readonly value: V } | { readonly error: string };

const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export function parseNumber(
  text: string,
  control: Pick<NumberControl, "label" | "min" | "max" | "integer">,
): Parsed<number> {
  const plain = text.trim().replace("−", "-");
  if (!number.test(plain)) return { error: plain === "" ? "Enter a number." : `“${text.trim()}” is not a number.` };
  const value = Number(plain);
  if (control.integer && !Number.isInteger(value)) return { error: `${control.label} must be a whole number.` };
  if (value < control.min || value > control.max) {
    return { error: `${control.label} must be from ${formatSetting(control.min)} to ${formatSetting(control.max)}.` };
  }
  return { value };
}

/** Widths separated by commas or spaces; an empty text or `none` means no hidden layer. */
export function parseWidths(text: string, control: WidthsControl): Parsed<readonly number[]> {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "" && part.toLowerCase() !== "none");
  if (parts.length > control.maxLayers) return { error: `At most ${control.maxLayers} hidden layers.` };
  for (const part of parts) {
    const width = /^\d+$/.test(part) ? Number(part) : Number.NaN;
    if (!(width >= control.min && width <= control.max)) {
      return { error: `“${part}” is not a layer width from ${control.min} to ${control.max}.` };
    }
  }
  return { value: parts.map(Number) };
}
