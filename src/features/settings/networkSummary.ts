import { controls } from "../../core/recipe/controls";
import type { Settings } from "../../core/recipe/recipe";

/** What is trained, in a line: “10-5-1, ReLU · noise, 1000 rows”. */
export function networkSummary({ inputs, hidden, outputs, activation, dataset, rows }: Settings): string {
  const phi = controls.activation.options.find(({ value }) => value === activation)?.label ?? activation;
  const layers = [inputs, ...hidden, outputs].join("-");
  return `${layers}${hidden.length > 0 ? `, ${phi}` : ", linear"} · ${dataset}, ${rows} rows`;
}
