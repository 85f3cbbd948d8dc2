import { useId, useMemo } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { messageOf } from "../../../core/errors";
import type { SweepRow } from "../../../core/experiment/runSummary";
import { fileName } from "../../../export/fileName";
import { sweepCsv } from "../../../export/sweepCsv";
import { copy } from "../../../kit/ui/copy";
import { download } from "../../../kit/ui/download";
import type { SweepState } from "../../../session/experiment/sweep";
import type { Session } from "../../../session/session";
import { RunForm } from "../RunForm";
import { SweepFields } from "./SweepFields";
import { SweepResults } from "./SweepResults";
import { readDraft, type SweepDraft, sweepLink } from "./sweepDraft";
import { progressText, resultText } from "./sweepText";

interface Props {
  readonly session: Session;
  readonly store: StoreApi<SweepState>;
  readonly draft: SweepDraft;
  readonly change: (draft: SweepDraft) => void;
  readonly close: () => void;
}

/** The form, the progress and the results of a sweep. */
export function SweepPart({ session, store, draft, change, close }: Props) {
  const id = useId();
  const { sweep, rows, progress, error, start, cancel, open } = useStore(store);
  const read = useMemo(() => readDraft(draft), [draft]);
  const planned = read.sweep;
  const begin = planned && (() => void start(planned));
  const key = sweep?.second?.key ?? null;

  function show(row: SweepRow): void {
    open(row).then(close, (reason: unknown) => session.notify("error", messageOf(reason)));
  }

  function save(): void {
    const [first] = rows;
    if (!sweep || !first) return;
    const content = new Blob([sweepCsv(rows, key)], { type: "text/csv" });
    download(fileName({ recipe: first.recipe, recording: null }, sweep.steps, "csv", "sweep"), content);
  }

  return (
    <section aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Sweep</h3>
      <p className="in-words">
        Runs of equal length from step 0, one for each learning rate, value and seed, train beside the page on the cpu
        engine. All other settings are those of the run after its last change.
      </p>
      <SweepFields form={id} draft={draft} change={change} />
      <div className="experiment-fields">
        <RunForm
          session={session}
          id={id}
          label="Run sweep"
          running={progress !== null}
          start={begin}
          cancel={cancel}
        />
        <button
          type="button"
          className="button"
          disabled={!read.sweep}
          onClick={() => {
            const link = read.sweep && sweepLink(session.link(), read.sweep);
            if (link) void copy(session, link, "Link of the sweep copied.", link);
          }}
        >
          Copy link
        </button>
        <button type="button" className="button" disabled={rows.length === 0} onClick={save}>
          Save CSV
        </button>
        {progress && <progress aria-label="Progress of the sweep" max={1} value={progress.share} />}
        {progress && <span className="in-words">{progressText(progress)}</span>}
      </div>
      <p id={`${id}-error`} className="fault" role="alert">
        {read.errors[0] ?? error}
      </p>
      {sweep && rows.length > 0 && <SweepResults form={id} sweep={sweep} rows={rows} open={show} />}
      <p role="status" className="experiment-words">
        {!progress && sweep && resultText(rows, key)}
      </p>
    </section>
  );
}
