import { type ReactNode, useId } from "react";
import { useStore } from "zustand";
import type { ProbeRows } from "../../engine/inspect/probes/probes";
import { useRun } from "../../kit/hooks/useRun";
import type { Session } from "../../session/session";
import { CurvatureProbe } from "./CurvatureProbe";
import { AlongTable, DirectionsTable, LayersTable } from "./ProbeTables";
import { Resamples } from "./Resamples";

const rowsChoices: readonly { readonly on: ProbeRows; readonly label: string }[] = [
  { on: "batch", label: "this batch" },
  { on: "full", label: "all data" },
];

/** The measurements of the selected step, and the choice of rows for some of them. */
export function ProbeAnswers({ session, children }: { readonly session: Session; readonly children?: ReactNode }) {
  const { along, spectrum, resampled, extremes } = useStore(session.probes);
  const started = useRun(session, ({ step }) => step > 0);
  const diverged = useRun(session, ({ divergedAt }) => divergedAt !== null);
  return (
    <section className="probe-answers" aria-label="Measurements">
      {!along && <p>{emptyText(started, diverged)}</p>}
      {along && (
        <>
          <AlongTable along={along} />
          <Resamples session={session} resampled={resampled} />
          {children}
          <RowsChoice session={session} />
          <DirectionsTable along={along} spectrum={spectrum} />
          <LayersTable along={along} />
        </>
      )}
      {extremes && <CurvatureProbe extremes={extremes} spectrum={spectrum} session={session} />}
    </section>
  );
}

/** The rows that the measurements below it use. */
function RowsChoice({ session }: { readonly session: Session }) {
  const name = useId();
  const { on, setRows } = useStore(session.probes);
  return (
    <div className="rows-choice">
      <span aria-hidden="true">Measured on</span>
      <fieldset className="segments">
        <legend className="visually-hidden">Rows of the measurements below</legend>
        {rowsChoices.map(({ on: option, label }) => (
          <label key={option}>
            <input type="radio" name={name} checked={on === option} onChange={() => setRows(option)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function emptyText(started: boolean, diverged: boolean): string {
  if (diverged) return "Training has diverged: no measurement is possible. Go back to an earlier step.";
  return started ? "Measuring" : "No data yet: take a step first.";
}
