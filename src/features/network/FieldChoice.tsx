import { useId } from "react";
import { type Field, fieldNames, fields, type Vectors } from "../../core/history/fields";

interface Props {
  readonly field: Field;
  /** The known vectors of the step: the others cannot be chosen. */
  readonly vectors: Vectors;
  readonly choose: (field: Field) => void;
}

/** The choice of d, θ, g or v as the colour of the network: radio buttons in a strip. */
export function FieldChoice({ field, vectors, choose }: Props) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">Colour the network by</legend>
      {fieldNames.map((option) => (
        <label key={option} data-tip={fields[option].help}>
          <input
            type="radio"
            name={name}
            checked={option === field}
            disabled={option !== field && vectors[option] === undefined}
            aria-label={`${fields[option].symbol}: ${fields[option].help}`}
            onChange={() => choose(option)}
          />
          <span translate="no">{fields[option].symbol}</span>
        </label>
      ))}
    </fieldset>
  );
}
