import { controls } from "../../core/recipe/controls";
import type { Settings } from "../../core/recipe/recipe";

/** The network and its data in one line: “10-5-1, ReLU · noise, 1000 rows”. @param file the file of the data; null for a dataset */
export function networkSummary(settings: Settings, file: string | null): string {
  const { inputs, hidden, outputs, activation, dataset, rows } = settings;
  const activationLabel = controls.activation.options.find(({ value }) => value === activation)?.label ?? activation;
  const layers = [inputs, ...hidden, outputs].join("-");
  return `${layers}${hidden.length > 0 ? `, ${activationLabel}` : ", linear"} · ${file ?? dataset}, ${rows} rows`;
}
