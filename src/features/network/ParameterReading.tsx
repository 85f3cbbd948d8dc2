import type { Tensor } from "../../core/data/problem";
import { fieldNames, fields, type Vectors } from "../../core/history/fields";
import { parameterName } from "../../core/history/parameters";
import { formatNumber } from "../../kit/text/format";

interface Props {
  readonly id: string;
  readonly tensors: readonly Tensor[];
  readonly vectors: Vectors;
  readonly parameter: number;
  /** Whether a screen reader says what changes. */
  readonly speaks: boolean;
}

/** One parameter by name, with its exact values. */
export function ParameterReading({ id, tensors, vectors, parameter, speaks }: Props) {
  return (
    <div id={id} className="parameter-reading" aria-live={speaks ? "polite" : "off"}>
      <p>{parameterName(tensors, parameter)}</p>
      <dl>
        {fieldNames.map((field) => {
          const value = vectors[field]?.[parameter];
          return (
            value !== undefined && (
              <div key={field} data-tip={fields[field].help}>
                <dt>{fields[field].symbol}</dt>
                <dd>{formatNumber(value, 4)}</dd>
              </div>
            )
          );
        })}
      </dl>
    </div>
  );
}
