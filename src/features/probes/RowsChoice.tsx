import { useId } from "react";
import { useStore } from "zustand";
import type { ProbeRows } from "../../engine/inspect/probes/probes";
import type { Session } from "../../session/session";

const choices: readonly { readonly on: ProbeRows; readonly label: string }[] = [
  { on: "batch", label: "this batch" },
  { on: "full", label: "all data" },
];

/** The rows on which directions, layers, eigenvalues and the plane are measured. */
export function RowsChoice({ session }: { readonly session: Session }) {
  const name = useId();
  const { on, setRows } = useStore(session.probes);
  return (
    <div className="rows-choice">
      <span aria-hidden="true">Directions, layers, eigenvalues, plane on</span>
      <fieldset className="segments">
        <legend className="visually-hidden">Rows of directions, layers, eigenvalues and plane</legend>
        {choices.map(({ on: option, label }) => (
          <label key={option}>
            <input type="radio" name={name} checked={on === option} onChange={() => setRows(option)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}
