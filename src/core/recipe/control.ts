import type { Settings } from "./recipe";

/** How a slider spreads its range: `oneMinus` is logarithmic in 1 − value, for β that crowd towards 1. */
export type Scale = "linear" | "log" | "oneMinus";

/** `step` and `batch` hold what may change mid-run, and the optimiser itself; `network` what a run starts from. */
export type ControlGroup = "step" | "batch" | "network";

interface Common<V> {
  readonly key: keyof Settings;
  readonly label: string;
  /** As the lecture writes it, in plain text; empty where the lecture has none. */
  readonly symbol: string;
  readonly help: string;
  readonly default: V;
  /** May change while the run goes on; the others restart it. */
  readonly live: boolean;
  readonly group: ControlGroup;
}

export interface NumberControl extends Common<number> {
  readonly kind: "number";
  /** The least and the greatest valid value; a slider may span less, and anything valid can be typed. */
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

/** The hidden layers' widths. */
export interface WidthsControl extends Common<readonly number[]> {
  readonly kind: "widths";
  readonly min: number;
  readonly max: number;
  readonly maxLayers: number;
}

export type Control = NumberControl | ChoiceControl | ToggleControl | WidthsControl;
