import { useId } from "react";
import { useStore } from "zustand";
import type { ProbeRows } from "../../engine/inspect/probes";
import { useRun } from "../../kit/ui/useRun";
import type { Session } from "../../session/session";
import { CurvatureProbe } from "./CurvatureProbe";
import { AlongTable, DirectionsTable, LayersTable } from "./ProbeTables";
import { Resamples } from "./Resamples";

const choices: readonly { readonly on: ProbeRows; readonly label: string }[] = [
  { on: "batch", label: "this batch" },
  { on: "full", label: "all data" },
];

/** What the probes have answered, and what some of them are asked on. */
export function ProbeAnswers({ session }: { readonly session: Session }) {
  const { along, spectrum, resampled, extremes } = useStore(session.probes);
  const begun = useRun(session, ({ step }) => step > 0);
  const diverged = useRun(session, ({ divergedAt }) => divergedAt !== null);
  return (
    <section className="probe-answers" aria-label="Answers">
      {!along && <p>{nothing(begun, diverged)}</p>}
      {along && (
        <>
          <AlongTable along={along} />
          <Resamples session={session} resampled={resampled} />
          <RowsChoice session={session} />
          <DirectionsTable along={along} spectrum={spectrum} />
          <LayersTable along={along} />
        </>
      )}
      {extremes && <CurvatureProbe extremes={extremes} spectrum={spectrum} session={session} />}
    </section>
  );
}

/** What the questions below it are measured on. */
function RowsChoice({ session }: { readonly session: Session }) {
  const name = useId();
  const { on, setRows } = useStore(session.probes);
  return (
    <div className="rows-choice">
      <span aria-hidden="true">The rest on</span>
      <fieldset className="segments">
        <legend className="visually-hidden">Measure what follows on</legend>
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

function nothing(begun: boolean, diverged: boolean): string {
  if (diverged) return "Training has diverged: there is nothing left to measure. Go back some steps.";
  return begun ? "Measuring…" : "The first step brings a direction to ask about.";
}
