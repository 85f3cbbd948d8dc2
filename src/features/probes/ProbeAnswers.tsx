import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useRun } from "../../kit/hooks/useRun";
import type { Session } from "../../session/session";
import { CurvatureProbe } from "./CurvatureProbe";
import { AlongTable, DirectionsTable, LayersTable } from "./ProbeTables";
import { StepPlane } from "./plane/StepPlane";
import { Resamples } from "./Resamples";

/** The measurements of the selected step, in groups side by side. */
export function ProbeAnswers({ session, children }: { readonly session: Session; readonly children?: ReactNode }) {
  const parameters = session.history().tensors.reduce((total, { size }) => total + size, 0);
  const { along, spectrum, resampled, extremes } = useStore(session.probes);
  const started = useRun(session, ({ step }) => step > 0);
  const diverged = useRun(session, ({ divergedAt }) => divergedAt !== null);
  return (
    <div className="probe-answers">
      {!along && <p>{emptyText(started, diverged)}</p>}
      {along && (
        <>
          <div className="probe-group">
            <AlongTable along={along} />
            <Resamples session={session} resampled={resampled} />
            {children}
          </div>
          <div className="probe-group">
            <DirectionsTable along={along} spectrum={spectrum} />
            <LayersTable along={along} />
          </div>
        </>
      )}
      {extremes && <CurvatureProbe extremes={extremes} spectrum={spectrum} session={session} parameters={parameters} />}
      {along && <StepPlane session={session} parameters={parameters} />}
    </div>
  );
}

function emptyText(started: boolean, diverged: boolean): string {
  if (diverged) return "Training has diverged: no measurement is possible. Go back to an earlier step.";
  return started ? "Measuring" : "No data yet: take a step first.";
}
