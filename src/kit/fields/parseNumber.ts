import type { NumberControl, WidthsControl } from "../../core/recipe/control";
import { formatSetting } from "../text/format";

/** A typed setting: its value, or what is wrong with it as a sentence to show beside the field. */
export type Parsed<V> = { readonly value: V } | { readonly fault: string };

const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export function parseNumber(
  text: string,
  control: Pick<NumberControl, "label" | "min" | "max" | "integer">,
): Parsed<number> {
  const plain = text.trim().replace("−", "-");
  if (!number.test(plain)) return { fault: plain === "" ? "Type a number." : `“${text.trim()}” is not a number.` };
  const value = Number(plain);
  if (control.integer && !Number.isInteger(value)) return { fault: `${control.label} is a whole number.` };
  if (value < control.min || value > control.max) {
    return { fault: `${control.label} goes from ${formatSetting(control.min)} to ${formatSetting(control.max)}.` };
  }
  return { value };
}

/** Widths apart by commas or spaces; nothing typed, or `none`, is no hidden layer. */
export function parseWidths(text: string, control: WidthsControl): Parsed<readonly number[]> {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "" && part.toLowerCase() !== "none");
  if (parts.length > control.maxLayers) return { fault: `At most ${control.maxLayers} hidden layers.` };
  for (const part of parts) {
    const width = /^\d+$/.test(part) ? Number(part) : Number.NaN;
    if (!(width >= control.min && width <= control.max)) {
      return { fault: `“${part}” is not a width from ${control.min} to ${control.max}.` };
    }
  }
  return { value: parts.map(Number) };
}
