import type { Control } from "../../core/recipe/control";
import type { Settings } from "../../core/recipe/recipe";

export type Value = Settings[keyof Settings];

/** What a kind of field needs: the value as it stands, and where a new one goes. */
export interface FieldProps<C extends Control, V> {
  readonly control: C;
  readonly id: string;
  readonly value: V;
  readonly change: (value: V) => void;
  /** A fault in what was typed, shown beside the field; null takes it away. */
  readonly report: (fault: string | null) => void;
  /** Follows from the data, and cannot be chosen. */
  readonly fixed: boolean;
}
