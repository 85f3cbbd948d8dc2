import { useStore } from "zustand";
import type { Session } from "../../session/session";

/** The id of the panel's element. */
export const panelId = "probes";

/** The card that opens and closes the panel of the probes. */
export function ProbesOpener({ session }: { readonly session: Session }) {
  const { open, setOpen } = useStore(session.probes);
  return (
    <h2 className="card probes-opener">
      <button type="button" aria-expanded={open} aria-controls={panelId} onClick={() => setOpen(!open)}>
        Probes <small>all data, layers, directions</small>
      </button>
    </h2>
  );
}
