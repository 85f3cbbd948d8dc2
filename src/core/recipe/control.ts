import type { Settings } from "./recipe";

/** The mapping from slider position to value. `oneMinus` is logarithmic in 1 − value, for β near 1. */
type Scale = "linear" | "log" | "oneMinus";

/** `step` and `batch`: the live settings and the optimiser. `network`: the settings that are fixed during a run. */
export type ControlGroup = "step" | "batch" | "network";

interface Common<V> {
  readonly key: keyof Settings;
  readonly label: string;
  /** The symbol in the formulas; empty where there is none. */
  readonly symbol: string;
  /** The effect, in at most 15 words. */
  readonly help: string;
  readonly default: V;
  /** Whether the setting may change during a run; a change of any other setting restarts the run. */
  readonly live: boolean;
  readonly group: ControlGroup;
}

export interface NumberControl extends Common<number> {
  readonly kind: "number";
  /** The smallest and the largest valid value. The slider may span a smaller range. */
  readonly min: number;
  readonly max: number;
  readonly slider: { readonly min: number; readonly max: number; readonly scale: Scale };
  readonly integer?: boolean;
}

export interface ChoiceControl<V extends string = string> extends Common<V> {
  readonly kind: "choice";
  readonly options: readonly { readonly value: V; readonly label: string }[];
}

export interface ToggleControl extends Common<boolean> {
  readonly kind: "toggle";
}

/** The numbers of units in the hidden layers. */
export interface WidthsControl extends Common<readonly number[]> {
  readonly kind: "widths";
  readonly min: number;
  readonly max: number;
  readonly maxLayers: number;
}

export type Control = NumberControl | ChoiceControl | ToggleControl | WidthsControl;
