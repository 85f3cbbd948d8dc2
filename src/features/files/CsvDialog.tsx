import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Column } from "../../core/csv/columnTypes";
import { targetKinds } from "../../core/csv/targetKinds";
import { messageOf } from "../../core/errors";
import { controls } from "../../core/recipe/controls";
import { useSession } from "../../kit/hooks/useSession";
import { type OpenedCsv, openedCsv, trainOn } from "./openCsv";
import "./files.css";

/** The choice of the target column, opened when a CSV file has been read. */
export function CsvDialog() {
  const csv = useStore(openedCsv, (state) => state.csv);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!csv) return dialog.current?.close();
    dialog.current?.showModal();
    dialog.current?.querySelector("select")?.focus();
  }, [csv]);
  return (
    <dialog ref={dialog} className="help csv" aria-labelledby="csv-title" onClose={close}>
      {csv && <TargetForm key={csv.name} csv={csv} />}
    </dialog>
  );
}

function close(): void {
  openedCsv.setState({ csv: null });
}

const kindLabels = { number: "a number", class: "a class" } as const;

function TargetForm({ csv }: { readonly csv: OpenedCsv }) {
  const session = useSession();
  const { name, columns, rows } = csv;
  const ids = useId();
  const candidates = columns.flatMap((candidate, index) => (targetKinds(candidate).length > 0 ? [index] : []));
  // In most tables the target is the last column.
  const [column, setColumn] = useState(candidates.at(-1) ?? 0);
  const [chosenKind, setChosenKind] = useState<"number" | "class" | null>(null);
  const [error, setError] = useState<string | null>(
    candidates.length > 0
      ? null
      : `No column can be the target. A number needs two different values, a class 2 to ${controls.outputs.max} names with repeated rows.`,
  );
  const kinds = targetKinds(columns[column] as Column);
  const as = kinds.find((kind) => kind === chosenKind) ?? kinds[0];

  function train(event: FormEvent): void {
    event.preventDefault();
    if (!as) return;
    trainOn(session, csv, column, as).then(close, (reason: unknown) => setError(messageOf(reason)));
  }

  return (
    <>
      <form onSubmit={train}>
        <h2 id="csv-title">Select the target column</h2>
        <span className="choices">
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={!as}>
            Train
          </button>
        </span>
      </form>
      <p>
        {name}: {rows} rows, {columns.length} columns. The data stay in this browser. All other columns become inputs:
        numbers are standardised, categories one-hot encoded. A random fifth of the rows is held out.
      </p>
      <p className="target">
        <label htmlFor={`${ids}-column`}>Target</label>
        <select
          id={`${ids}-column`}
          className="field choice"
          value={column}
          onChange={(event) => setColumn(Number(event.target.value))}
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
          onChange={(event) => setChosenKind(event.target.value as "number" | "class")}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindLabels[kind]}
            </option>
          ))}
        </select>
      </p>
      <p className="fault" role="alert">
        {error}
      </p>
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

function describe({ kind, different }: Column): string {
  if (different === 0) return "empty";
  if (kind === "number") return different === 1 ? "numbers, all equal" : `numbers, ${different} different values`;
  return different === 1 ? "texts, all equal" : `${different} categories`;
}
