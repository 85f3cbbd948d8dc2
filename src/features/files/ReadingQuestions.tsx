import { useId } from "react";
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
  const chosen = Object.fromEntries(csv.questions.map((question) => [question.key, question.chosen])) as Choices;
  return csv.questions.map(({ key, column, example, options, chosen: now }: Question) => (
    <fieldset key={key} className="reading">
      <legend>
        “{example}” in the column “{column}” has two readings. It is
      </legend>
      {options.map(({ value, text }) => (
        <label key={value}>
          <input
            type="radio"
            name={`${name}-${key}`}
            checked={value === now}
            onChange={() => void chooseReadings(csv, { ...chosen, [key]: value })}
          />
          {text}, {readingNames[value]}
        </label>
      ))}
    </fieldset>
  ));
}
