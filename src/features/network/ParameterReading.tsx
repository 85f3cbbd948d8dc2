import type { Tensor } from "../../core/data/problem";
import { fieldNames, fields, type Vectors } from "../../core/history/fields";
import { parameterName } from "../../core/history/parameters";
import { formatNumber } from "../../kit/text/format";

interface Props {
  readonly id: string;
  readonly tensors: readonly Tensor[];
  readonly vectors: Vectors;
  readonly parameter: number;
  /** Whether screen readers announce changes. */
  readonly announces: boolean;
}

/** The name of one parameter, and its values to four digits. */
export function ParameterReading({ id, tensors, vectors, parameter, announces }: Props) {
  return (
    <div id={id} className="parameter-reading" aria-live={announces ? "polite" : "off"}>
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
