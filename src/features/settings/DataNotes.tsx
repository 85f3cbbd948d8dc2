import { usePage } from "../../actions/PageProvider";
import { useRun } from "../../kit/hooks/useRun";
import { tableSentence } from "../../kit/text/tableSentence";
import { csvFiles, FileButton } from "../../kit/ui/FileButton";

/** The target, rows and preprocessing of real data, and a button to open a CSV file. */
export function DataNotes() {
  const { session, openFiles } = usePage().page;
  // Renders again when the recipe changes, and with it the table.
  useRun(session, ({ recipe }) => recipe);
  const file = useRun(session, (run) => run.file);
  const table = session.table();
  return (
    <div className="data-notes">
      {table && (
        <p>
          {file ?? table.name}
          {table.target && `: “${table.target}”`}. {tableSentence(table)} {table.notes.join(" ")}
        </p>
      )}
      <FileButton accept={csvFiles} label="CSV file" onFiles={openFiles}>
        Open a CSV file
      </FileButton>
    </div>
  );
}
