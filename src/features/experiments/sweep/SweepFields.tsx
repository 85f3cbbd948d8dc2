import { secondKeys } from "../../../core/experiment/sweep";
import { FormField } from "../FormField";
import { type SweepDraft, usualValues } from "./sweepDraft";
import { secondLabel } from "./sweepText";

interface Props {
  readonly form: string;
  readonly draft: SweepDraft;
  readonly change: (draft: SweepDraft) => void;
}

type TextField = Exclude<keyof SweepDraft, "second">;

const fields: readonly (readonly [TextField, label: string, meaning: string])[] = [
  ["from", "lr from", "least learning rate"],
  ["to", "to", "greatest learning rate"],
  ["count", "in", "number of learning rates"],
  ["seeds", "seeds", "number of seeds"],
  ["steps", "steps", "steps of each run"],
];

/** The fields of a sweep: learning rates, seeds, steps, and another setting with its values. */
export function SweepFields({ form, draft, change }: Props) {
  const { second } = draft;
  return (
    <div className="experiment-fields">
      {fields.map(([field, label, meaning]) => (
        <FormField
          key={field}
          form={form}
          label={label}
          meaning={meaning}
          text={draft[field]}
          fault={undefined}
          change={(text) => change({ ...draft, [field]: text })}
        />
      ))}
      <label>
        and
        <select
          className="field choice"
          aria-label="Second setting of the sweep"
          value={second ?? ""}
          onChange={(event) => {
            const chosen = secondKeys.find((key) => key === event.target.value) ?? null;
            change({ ...draft, second: chosen, values: chosen ? usualValues[chosen] : "" });
          }}
        >
          <option value="">no other setting</option>
          {secondKeys.map((key) => (
            <option key={key} value={key}>
              {secondLabel[key]}
            </option>
          ))}
        </select>
      </label>
      {second && (
        <FormField
          form={form}
          label="values"
          meaning={`values of the setting ${secondLabel[second]}, separated by commas`}
          text={draft.values}
          fault={undefined}
          change={(values) => change({ ...draft, values })}
          wide
        />
      )}
    </div>
  );
}
