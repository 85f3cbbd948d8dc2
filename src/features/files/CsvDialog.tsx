import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Column } from "../../core/csv/columnTypes";
import { targetKinds } from "../../core/csv/targetKinds";
import { useSession } from "../../kit/ui/useSession";
import { type OpenedCsv, openedCsv, trainOn } from "./openCsv";
import "./files.css";

/** Asks which column of a CSV is to be learned, as soon as one has been opened. */
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

const words = { number: "a number", class: "a class" } as const;

function TargetForm({ csv }: { readonly csv: OpenedCsv }) {
  const session = useSession();
  const { name, columns, rows } = csv;
  const ids = useId();
  const candidates = columns.flatMap((column, place) => (targetKinds(column).length > 0 ? [place] : []));
  // Tables mostly have it last.
  const [place, setPlace] = useState(candidates.at(-1) ?? 0);
  const [wanted, setWanted] = useState<"number" | "class" | null>(null);
  const [fault, setFault] = useState<string | null>(
    candidates.length > 0 ? null : "No column has values that differ and few enough names to be learned.",
  );
  const kinds = targetKinds(columns[place] as Column);
  const as = kinds.find((kind) => kind === wanted) ?? kinds[0];

  function train(event: FormEvent): void {
    event.preventDefault();
    if (!as) return;
    trainOn(session, csv, place, as).then(close, (error: unknown) =>
      setFault(error instanceof Error ? error.message : String(error)),
    );
  }

  return (
    <>
      <form onSubmit={train}>
        <h2 id="csv-title">Which column is to be learned?</h2>
        <span className="choices">
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={!as}>
            Train on it
          </button>
        </span>
      </form>
      <p>
        {name}: {rows} rows, {columns.length} columns. It stays in this browser. All other columns become inputs:
        numbers standardised, categories one-hot. Every fifth row is held out.
      </p>
      <p className="target">
        <label htmlFor={`${ids}-column`}>Learn</label>
        <select
          id={`${ids}-column`}
          className="field choice"
          value={place}
          onChange={(event) => setPlace(Number(event.target.value))}
        >
          {candidates.map((one) => (
            <option key={one} value={one}>
              {columns[one]?.name}
            </option>
          ))}
        </select>
        <label htmlFor={`${ids}-as`}>as</label>
        <select
          id={`${ids}-as`}
          className="field choice"
          value={as ?? ""}
          disabled={kinds.length < 2}
          onChange={(event) => setWanted(event.target.value as "number" | "class")}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {words[kind]}
            </option>
          ))}
        </select>
      </p>
      <p className="fault" role="alert">
        {fault}
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
  if (kind === "number") return different === 1 ? "numbers, all the same" : `numbers, ${different} different`;
  return different === 1 ? "texts, all the same" : `${different} categories`;
}
