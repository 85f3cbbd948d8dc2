import type { Control } from "../../core/recipe/control";
import type { Settings } from "../../core/recipe/recipe";

export type Value = Settings[keyof Settings];

/** The properties of every kind of field. */
export interface FieldProps<C extends Control, V> {
  readonly control: C;
  readonly id: string;
  readonly value: V;
  readonly change: (value: V) => void;
  /** Shows an error beside the field; null removes it. */
  readonly report: (error: string | null) => void;
  /** True where the dataset sets the value and the user cannot. */
  readonly fixed: boolean;
}
