import { useRef } from "react";
import type { Session } from "../store/session";
import { tableSentence } from "./openCsv";
import { openPicked } from "./openFile";
import { useRun } from "./useRun";

/** What the rows of real data are, what was done to them, and where one's own come in. */
export function DataNotes({ session }: { readonly session: Session }) {
  const picker = useRef<HTMLInputElement>(null);
  // The table changes with the run's recipe.
  useRun(session, ({ recipe }) => recipe);
  const table = session.table();
  return (
    <div className="data-notes">
      {table && (
        <p>
          {table.target && `${table.name}: “${table.target}”. `}
          {tableSentence(table)} {table.notes.join(" ")}
        </p>
      )}
      <button type="button" className="button" onClick={() => picker.current?.click()}>
        Your own CSV…
      </button>
      <input
        ref={picker}
        type="file"
        accept=".csv,.tsv,.tab,.txt,text/csv"
        aria-label="CSV file"
        hidden
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file can be picked again.
          currentTarget.value = "";
          void openPicked(session, files);
        }}
      />
    </div>
  );
}
