import type { WidthsControl } from "../../core/recipe/control";
import type { FieldProps } from "./fieldProps";
import { parseWidths } from "./parseNumber";
import { TextField } from "./TextField";

/** The widths of the hidden layers as text: “16, 16”, or “none” as in a link. */
export function WidthsField({
  control,
  id,
  value,
  change,
  report,
  fixed,
}: FieldProps<WidthsControl, readonly number[]>) {
  return (
    <TextField
      id={id}
      text={value.join(", ") || "none"}
      parse={(typed) => parseWidths(typed, control)}
      change={change}
      report={report}
      disabled={fixed}
      numeric={false}
    />
  );
}
