import type { ToggleControl } from "../../core/recipe/control";
import type { FieldProps } from "./fieldProps";

export function ToggleField({ id, value, change }: FieldProps<ToggleControl, boolean>) {
  return (
    <input
      id={id}
      type="checkbox"
      className="switch"
      checked={value}
      aria-describedby={`${id}-help ${id}-error`}
      onChange={(event) => change(event.target.checked)}
    />
  );
}
