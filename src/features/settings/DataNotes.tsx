import { usePage } from "../../actions/PageProvider";
import { tableSentence } from "../../kit/text/tableSentence";
import { csvFiles, FileButton } from "../../kit/ui/FileButton";
import { useRun } from "../../kit/ui/useRun";

/** What the rows of real data are, what was done to them, and where one's own come in. */
export function DataNotes() {
  const { session, openFiles } = usePage().page;
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
      <FileButton accept={csvFiles} label="CSV file" onFiles={openFiles}>
        Your own CSV…
      </FileButton>
    </div>
  );
}
