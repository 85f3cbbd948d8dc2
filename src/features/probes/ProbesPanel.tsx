import { type ReactNode, useEffect, useId, useRef } from "react";
import { useStore } from "zustand";
import { useInSight } from "../../kit/hooks/useInSight";
import { useRun } from "../../kit/hooks/useRun";
import { formatCount } from "../../kit/text/format";
import { latePart } from "../../kit/ui/latePart";
import { NoNetwork } from "../../kit/ui/NoNetwork";
import type { Session } from "../../session/session";
import "./probes.css";

/** Loaded when the panel is first opened. */
const ProbeAnswers = latePart("The panel of the probes", async () => (await import("./ProbeAnswers")).ProbeAnswers);

/** Further measurements of the selected step, and `children` below those on other minibatches. While the panel is closed, none is computed and the ruler has no marks of them. */
export function ProbesPanel({ session, children }: { readonly session: Session; readonly children?: ReactNode }) {
  const id = useId();
  const { open, setOpen, use } = useStore(session.probes);
  const recorded = useRun(session, ({ recording }) => recording !== null);
  const panel = useRef<HTMLDetailsElement>(null);
  useInSight(panel, use);
  useEffect(() => () => session.probes.getState().setOpen(false), [session]);
  return (
    <details
      ref={panel}
      className="card probes"
      open={open}
      aria-labelledby={`${id}-title`}
      onToggle={({ currentTarget }) => currentTarget.open !== open && setOpen(currentTarget.open)}
    >
      <summary>
        <h2 id={`${id}-title`}>
          Probes <small>{open ? <MeasuredStep session={session} /> : "all data, layers, directions"}</small>
        </h2>
      </summary>
      {open && !recorded && <ProbeAnswers session={session}>{children}</ProbeAnswers>}
      {open && recorded && (
        <section className="probe-answers" aria-label="Measurements">
          <NoNetwork missing="no probe can be computed" />
          {children}
        </section>
      )}
    </details>
  );
}

function MeasuredStep({ session }: { readonly session: Session }) {
  const along = useStore(session.probes, ({ along }) => along);
  if (!along) return null;
  const text = `step ${formatCount(along.step)}, ${formatCount(along.rows)} rows`;
  return <span key={text}>{text}</span>;
}
