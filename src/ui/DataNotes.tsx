import type { Session } from "../store/session";
import { CsvButton } from "./CsvButton";
import { tableSentence } from "./openCsv";
import { useRun } from "./useRun";

/** What the rows of real data are, what was done to them, and where one's own come in. */
export function DataNotes({ session }: { readonly session: Session }) {
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
      <CsvButton session={session}>Your own CSV…</CsvButton>
    </div>
  );
}
