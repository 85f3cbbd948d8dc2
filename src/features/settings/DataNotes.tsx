import { CsvButton } from "../../kit/csv/CsvButton";
import { tableSentence } from "../../kit/csv/openCsv";
import { useRun } from "../../kit/ui/useRun";
import type { Session } from "../../session/session";

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
