import { useStore } from "zustand";
import { notifyOnThrow } from "../../actions/reporting";
import type { Lesson } from "../../core/lesson/lesson";
import { lessonText } from "../../core/lesson/lessonText";
import { fileName } from "../../export/fileName";
import { type TextKind, textOf } from "../../export/texts";
import { download } from "../../kit/ui/download";
import { csvFiles, FileButton } from "../../kit/ui/FileButton";
import { Icon } from "../../kit/ui/Icon";
import { Menu } from "../../kit/ui/Menu";
import { useRun } from "../../kit/ui/useRun";
import { useSession } from "../../kit/ui/useSession";
import { openPicked } from "./openFile";
import { maxFileBytes } from "./readFile";

const kinds: readonly { kind: TextKind; label: string; what: string; ending: string; type: string }[] = [
  { kind: "csv", label: "Trace (CSV)", what: "every step’s numbers, for a table", ending: "csv", type: "text/csv" },
  {
    kind: "run",
    label: "Run file (JSON)",
    what: "all of the run, to be opened again",
    ending: "json",
    type: "application/json",
  },
  {
    kind: "notebook",
    label: "PyTorch notebook",
    what: "the run again, by autograd",
    ending: "ipynb",
    type: "application/x-ipynb+json",
  },
];

/** The run as a file, and a file as the run. */
export function ExportMenu() {
  const session = useSession();
  const lesson = useStore(session.lesson, (state) => state.lesson);
  const loaded = useRun(session, ({ phase, engine }) => phase !== "starting" && engine !== null);

  function save({ kind, ending, type }: (typeof kinds)[number]): void {
    notifyOnThrow(session, () => {
      const run = session.runSoFar();
      const content = new Blob([textOf(kind, run)], { type });
      download(fileName(run.recipe, run.history.length, ending), content);
      if (kind === "run" && content.size > maxFileBytes) {
        session.notify(
          "info",
          `Saved. It has more than ${maxFileBytes / 2 ** 20} MB, and this page opens no more than that.`,
        );
      }
    });
  }

  function saveLesson(shown: Lesson): void {
    download("lesson.json", new Blob([lessonText(shown)], { type: "application/json" }));
  }

  return (
    <Menu
      name="Export"
      tip="Takes the run away as a file, or opens one that was."
      className="button square"
      face={<Icon name="save" />}
    >
      {kinds.map((entry) => (
        <button key={entry.kind} type="button" disabled={!loaded} onClick={() => save(entry)}>
          {entry.label} <small>{entry.what}</small>
        </button>
      ))}
      <button type="button" className="apart" disabled={!loaded} onClick={() => session.lesson.getState().add()}>
        Add as a scene <small>this run and chart, to a lesson of your own</small>
      </button>
      <button type="button" disabled={!lesson} onClick={() => lesson && saveLesson(lesson)}>
        Lesson (JSON) <small>all its scenes, to write their texts</small>
      </button>
      <FileButton
        className="apart"
        accept={`.json,application/json,${csvFiles}`}
        label="File to open"
        multiple
        onFiles={(files) => void openPicked(session, files)}
      >
        Open a file… <small>a run, a lesson or a CSV; or drop it on the page</small>
      </FileButton>
    </Menu>
  );
}
