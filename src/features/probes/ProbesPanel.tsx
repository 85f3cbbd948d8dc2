import { lazy, Suspense, useEffect, useId } from "react";
import { useStore } from "zustand";
import { formatCount } from "../../kit/text/format";
import type { Session } from "../../session/session";

/** Fetched when someone first asks for them. */
const ProbeAnswers = lazy(() => import("./ProbeAnswers").then((module) => ({ default: module.ProbeAnswers })));

/** Questions about the step that is looked at. Nothing is computed while it is closed, and nothing marked on the ruler. */
export function ProbesPanel({ session }: { readonly session: Session }) {
  const id = useId();
  const { open, setOpen } = useStore(session.probes);
  useEffect(() => () => session.probes.getState().setOpen(false), [session]);
  return (
    <details
      className="card probes"
      open={open}
      aria-labelledby={`${id}-title`}
      onToggle={({ currentTarget }) => currentTarget.open !== open && setOpen(currentTarget.open)}
    >
      <summary>
        <h2 id={`${id}-title`}>
          Probes <small>{open ? <Place session={session} /> : "other data, layers, directions"}</small>
        </h2>
      </summary>
      <Suspense>{open && <ProbeAnswers session={session} />}</Suspense>
    </details>
  );
}

function Place({ session }: { readonly session: Session }) {
  const along = useStore(session.probes, ({ along }) => along);
  if (!along) return null;
  const text = `step ${formatCount(along.step)}, ${formatCount(along.rows)} rows`;
  return <span key={text}>{text}</span>;
}
