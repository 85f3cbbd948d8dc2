import { controls } from "../../core/recipe/controls";
import type { Settings } from "../../core/recipe/recipe";

/** The network and its data in one line: “10-5-1, ReLU · noise, 1000 rows”. */
export function networkSummary({ inputs, hidden, outputs, activation, dataset, rows }: Settings): string {
  const activationLabel = controls.activation.options.find(({ value }) => value === activation)?.label ?? activation;
  const layers = [inputs, ...hidden, outputs].join("-");
  return `${layers}${hidden.length > 0 ? `, ${activationLabel}` : ", linear"} · ${dataset}, ${rows} rows`;
}
