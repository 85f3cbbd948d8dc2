import { Fragment } from "react";
import { shapes } from "../../core/schedule/schedule";
import { type Draft, type DraftField, fieldsOf, inUnit, units } from "./scheduleDraft";

interface Props {
  /** Id of the form that Enter sends. */
  readonly form: string;
  readonly draft: Draft;
  readonly faults: Partial<Record<DraftField, string>>;
  readonly perEpoch: number;
  readonly change: (draft: Draft) => void;
}

/** The numbers of a schedule's shape, and the unit of its lengths. */
export function ScheduleFields({ form, draft, faults, perEpoch, change }: Props) {
  const fields = fieldsOf(draft);
  return (
    <>
      {fields.map((field) => (
        <Fragment key={field}>
          <label className={field}>
            {nameOf(draft, field)}
            <input
              form={form}
              className="field"
              inputMode={field === "corners" ? "text" : "decimal"}
              autoComplete="off"
              spellCheck={false}
              value={draft.texts[field]}
              aria-label={`${nameOf(draft, field)}: ${meanings[field]}`}
              aria-invalid={field in faults}
              aria-describedby={field in faults ? `${form}-fault` : undefined}
              onChange={(event) => change({ ...draft, texts: { ...draft.texts, [field]: event.target.value } })}
            />
          </label>
          {field === "length" && (
            <select
              className="field choice"
              aria-label="Unit of lengths"
              value={draft.unit}
              onChange={(event) => {
                const unit = units.find((one) => one === event.target.value) ?? draft.unit;
                change(inUnit(draft, unit, perEpoch));
              }}
            >
              {units.map((unit) => (
                <option key={unit}>{unit}</option>
              ))}
            </select>
          )}
        </Fragment>
      ))}
    </>
  );
}

/** What a field holds, for those who do not see its place among the others. */
const meanings: Readonly<Record<DraftField, string>> = {
  lr: "learning rate",
  low: "learning rate at the beginning",
  end: "learning rate at the end",
  warmUp: "how long it rises",
  factor: "factor at each step down",
  every: "how long it stays level",
  length: "how long it lasts",
  corners: "place and learning rate, such as 0% 0.001, 20% 0.05, 100% 1e-5",
};

function nameOf({ shape }: Draft, field: DraftField): string {
  if (field === "length") return "over";
  return field === "corners" ? "Corners" : (shapes[shape].numbers[field] ?? field);
}
