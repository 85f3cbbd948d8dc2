import { useStore } from "zustand";
import { notifyOnReject } from "../../actions/reporting";
import type { Lesson } from "../../core/lesson/lesson";
import { lessonText } from "../../core/lesson/lessonText";
import { csvOf } from "../../export/csv";
import { fileName } from "../../export/fileName";
import { type TextKind, textOf } from "../../export/texts";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { download } from "../../kit/ui/download";
import { csvFiles, FileButton } from "../../kit/ui/FileButton";
import { Icon } from "../../kit/ui/Icon";
import { Menu } from "../../kit/ui/Menu";
import { measuredNotebook } from "../../session/notebook";
import { openPicked } from "./openFile";
import { maxFileBytes } from "./readFile";
import { saveRecorder } from "./saveRecorder";

const kinds: readonly { kind: TextKind; label: string; description: string; ending: string; type: string }[] = [
  { kind: "csv", label: "Trace (CSV)", description: "the measurements of all steps", ending: "csv", type: "text/csv" },
  {
    kind: "run",
    label: "Run file (JSON)",
    description: "the whole run, can be opened here",
    ending: "json",
    type: "application/json",
  },
  {
    kind: "notebook",
    label: "PyTorch notebook",
    description: "the same run with autograd",
    ending: "ipynb",
    type: "application/x-ipynb+json",
  },
];

/** The menu that saves the run or the lesson to a file and opens files. */
export function ExportMenu() {
  const session = useSession();
  const lesson = useStore(session.lesson, (state) => state.lesson);
  const loaded = useRun(session, ({ phase, engine }) => phase !== "starting" && engine !== null);
  const recorded = useRun(session, ({ recording }) => recording !== null);

  async function save({ kind, ending, type }: (typeof kinds)[number]): Promise<void> {
    const content = new Blob([await textOfRun(kind)], { type });
    download(fileName(session.store.getState(), session.history().length, ending), content);
    if (kind === "run" && content.size > maxFileBytes) {
      session.notify(
        "info",
        `Saved. This page opens only files of at most ${maxFileBytes / 2 ** 20} MB; the saved file is larger.`,
      );
    }
  }

  function textOfRun(kind: TextKind): string | Promise<string> {
    if (kind === "csv") return csvOf(session.history());
    return kind === "notebook" ? measuredNotebook(session) : textOf(kind, session.runSoFar());
  }

  function saveLesson(shown: Lesson): void {
    download("lesson.json", new Blob([lessonText(shown)], { type: "application/json" }));
  }

  return (
    <Menu
      name="Export"
      tip="Saves this run to a file, or opens a saved file."
      className="button square"
      face={<Icon name="save" />}
    >
      {kinds.map((entry) => (
        <button
          key={entry.kind}
          type="button"
          disabled={!loaded || (recorded && entry.kind !== "csv")}
          onClick={() => notifyOnReject(session, save(entry))}
        >
          {entry.label} <small>{entry.description}</small>
        </button>
      ))}
      <button
        type="button"
        className="apart"
        disabled={!loaded || recorded}
        onClick={() => void session.lesson.getState().add()}
      >
        Add as a scene <small>this run and chart, in your lesson</small>
      </button>
      <button type="button" onClick={() => saveRecorder(session)}>
        alphascope.py <small>measures a PyTorch network of your own</small>
      </button>
      <button type="button" disabled={!lesson} onClick={() => lesson && saveLesson(lesson)}>
        Lesson (JSON) <small>all scenes, to edit their texts</small>
      </button>
      <FileButton
        className="apart"
        accept={`.json,application/json,${csvFiles}`}
        label="File to open"
        multiple
        onFiles={(files) => void openPicked(session, files)}
      >
        Open a file <small>or drop a run file, lesson or CSV</small>
      </FileButton>
    </Menu>
  );
}
