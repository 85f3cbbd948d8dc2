import { Fragment } from "react";
import { type Draft, type DraftField, fieldsOf, inUnit, units } from "./scheduleDraft";
import { formTexts } from "./scheduleShapes";

interface Props {
  /** Id of the form that Enter submits. */
  readonly form: string;
  readonly draft: Draft;
  readonly errors: Partial<Record<DraftField, string>>;
  readonly perEpoch: number;
  readonly change: (draft: Draft) => void;
}

/** Input fields for the numbers of a schedule's shape, and a choice for the unit of its lengths. */
export function ScheduleFields({ form, draft, errors, perEpoch, change }: Props) {
  const fields = fieldsOf(draft);
  return (
    <>
      {fields.map((field) => (
        <Fragment key={field}>
          <label className={field}>
            {labelOf(draft, field)}
            <input
              form={form}
              className="field"
              inputMode={field === "corners" ? "text" : "decimal"}
              autoComplete="off"
              spellCheck={false}
              value={draft.texts[field]}
              aria-label={`${labelOf(draft, field)}: ${meanings[field]}`}
              aria-invalid={field in errors}
              aria-describedby={field in errors ? `${form}-error` : undefined}
              onChange={(event) => change({ ...draft, texts: { ...draft.texts, [field]: event.target.value } })}
            />
          </label>
          {field === "length" && (
            <select
              className="field choice"
              aria-label="Unit of the lengths"
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

/** Descriptions of the fields for screen readers; the visible labels are parts of one phrase. */
const meanings: Readonly<Record<DraftField, string>> = {
  lr: "learning rate",
  low: "initial learning rate",
  end: "final learning rate",
  warmUp: "length of the warm-up",
  decay: "length of the decay",
  power: "exponent of the decay",
  up: "length of the increase in each cycle",
  down: "length of the decrease in each cycle",
  factor: "factor after each level or cycle",
  every: "length of each level",
  length: "length of the schedule",
  corners: "position and learning rate, such as 0% 0.001, 20% 0.05, 100% 1e-5",
};

function labelOf({ shape }: Draft, field: DraftField): string {
  return field === "corners" ? "Corners" : (formTexts[shape].numbers[field] ?? field);
}
