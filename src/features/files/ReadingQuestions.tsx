import { useId, useState } from "react";
import type { Choices, Question } from "../../core/csv/values/readings";
import { chooseReadings, type OpenedCsv } from "./openCsv";

const readingNames: Readonly<Record<string, string>> = {
  ".": "with a decimal point",
  ",": "with a decimal comma",
  day: "with the day first",
  month: "with the month first",
};

/** The texts of a CSV file with two values: the user selects one. */
export function ReadingQuestions({ csv }: { readonly csv: OpenedCsv }) {
  const name = useId();
  const read = Object.fromEntries(csv.questions.map((question) => [question.key, question.chosen])) as Choices;
  // An answer is shown at once, while the file is read again.
  const [answered, setAnswered] = useState<{ readonly of: OpenedCsv; readonly choices: Choices } | null>(null);
  const chosen = answered?.of === csv ? answered.choices : read;

  function choose(choices: Choices): void {
    setAnswered({ of: csv, choices });
    void chooseReadings(csv, choices);
  }

  return csv.questions.map(({ key, column, example, options }: Question) => (
    <fieldset key={key} className="reading">
      <legend>
        “{example}” in the column “{column}” has two readings. It is
      </legend>
      {options.map(({ value, text }) => (
        <label key={value}>
          <input
            type="radio"
            name={`${name}-${key}`}
            checked={value === chosen[key]}
            onChange={() => choose({ ...chosen, [key]: value })}
          />
          {text}, {readingNames[value]}
        </label>
      ))}
    </fieldset>
  ));
}
