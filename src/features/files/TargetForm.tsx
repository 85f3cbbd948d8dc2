import { type FormEvent, useEffect, useId, useState } from "react";
import type { ColumnSummary } from "../../core/csv/summary";
import type { TargetKind } from "../../core/csv/targetKinds";
import { messageOf } from "../../core/errors";
import { controls } from "../../core/recipe/controls";
import { useSession } from "../../kit/hooks/useSession";
import { formatNumber } from "../../kit/text/format";
import { type OpenedCsv, showCsv, trainOn } from "./openCsv";
import { ReadingQuestions } from "./ReadingQuestions";

const kindLabels = { number: "a number", class: "a class" } as const;

const noTarget = `No column can be the target. A number needs two different values, a class 2 to ${controls.outputs.max} names with repeated rows. The target needs 4 rows, and another column as an input.`;

/** The choice of the target column, the questions about numbers and dates, and the columns of an opened CSV file. */
export function TargetForm({ csv }: { readonly csv: OpenedCsv }) {
  const session = useSession();
  const { name, columns, rows, notes, reader } = csv;
  useEffect(() => {
    if (reader) document.querySelector<HTMLSelectElement>("dialog.csv select")?.focus();
  }, [reader]);
  const ids = useId();
  const candidates = columns.flatMap(({ targets }, index) => (targets.length > 0 ? [index] : []));
  const [selected, setSelected] = useState<number | null>(null);
  // In most tables the target is the last column.
  const column = selected !== null && candidates.includes(selected) ? selected : (candidates.at(-1) ?? 0);
  const [chosenKind, setChosenKind] = useState<TargetKind | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const kinds = columns[column]?.targets ?? [];
  const as = kinds.find((kind) => kind === chosenKind) ?? kinds[0];

  function train(event: FormEvent): void {
    event.preventDefault();
    if (!as) return;
    setBusy(true);
    trainOn(session, csv, column, as)
      .then(
        () => showCsv(null),
        (reason: unknown) => setError(messageOf(reason)),
      )
      .finally(() => setBusy(false));
  }

  return (
    <>
      <form onSubmit={train}>
        <h2 id="csv-title">Select the target column</h2>
        <span className="choices">
          <button type="button" className="button" onClick={() => showCsv(null)}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={!as || busy}>
            Train
          </button>
        </span>
      </form>
      <p>
        {name}: {rows} rows, {columns.length} columns. The data stay in this browser. All other columns become inputs:
        numbers and times are standardised, categories one-hot encoded. A random fifth of the rows is held out.
      </p>
      <ReadingQuestions csv={csv} />
      <p className="target">
        <label htmlFor={`${ids}-column`}>Target</label>
        <select
          id={`${ids}-column`}
          className="field choice"
          value={column}
          onChange={(event) => setSelected(Number(event.target.value))}
        >
          {candidates.map((index) => (
            <option key={index} value={index}>
              {columns[index]?.name}
            </option>
          ))}
        </select>
        <label htmlFor={`${ids}-as`}>as</label>
        <select
          id={`${ids}-as`}
          className="field choice"
          value={as ?? ""}
          disabled={kinds.length < 2}
          onChange={(event) => setChosenKind(event.target.value as TargetKind)}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindLabels[kind]}
            </option>
          ))}
        </select>
      </p>
      <p className="fault" role="alert">
        {candidates.length === 0 ? noTarget : error}
      </p>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <table>
        <caption>Columns</caption>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">{column.name}</th>
              <td>{describe(column)}</td>
              <td>{column.missing > 0 && `${column.missing} missing`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The kind of the values and their range, by which a wrong reading is recognised. */
function describe({ kind, different, range, tooMany }: ColumnSummary): string {
  if (different === 0) return "empty";
  if (kind === "category") {
    if (different === 1) return "texts, all equal";
    return `${different} categories${tooMany ? ", too many for inputs: left out" : ""}`;
  }
  const noun = kind === "number" ? "numbers" : "times";
  if (different === 1) return `${noun}, all equal`;
  const [lo = "", hi = ""] = (range ?? []).map((end) => (typeof end === "number" ? formatNumber(end, 4) : end));
  return `${noun}, ${different} different values, ${lo} to ${hi}`;
}
