import type { ChoiceControl } from "../../core/recipe/control";
import type { FieldProps } from "./fieldProps";

export function ChoiceField({ control, id, value, change }: FieldProps<ChoiceControl, string>) {
  return (
    <select
      id={id}
      className="field choice"
      value={value}
      aria-describedby={`${id}-help ${id}-error`}
      onChange={(event) => change(event.target.value)}
    >
      {control.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
