import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import { useInSight } from "../../kit/hooks/useInSight";
import { useRun } from "../../kit/hooks/useRun";
import { formatCount } from "../../kit/text/format";
import { latePart } from "../../kit/ui/latePart";
import { NoNetwork } from "../../kit/ui/NoNetwork";
import type { Session } from "../../session/session";
import { panelId } from "./ProbesOpener";
import { RowsChoice } from "./RowsChoice";
import "./probes.css";

/** Loaded when the panel is first opened. */
const ProbeAnswers = latePart("The panel of the probes", async () => (await import("./ProbeAnswers")).ProbeAnswers);

interface Props {
  readonly session: Session;
  /** Content below the measurements on other minibatches. */
  readonly children?: ReactNode;
}

/** Further measurements of the selected step. While the panel is closed, none is computed and the ruler has no marks of them. */
export function ProbesPanel(props: Props) {
  const open = useStore(props.session.probes, (probes) => probes.open);
  return open && <OpenProbes {...props} />;
}

function OpenProbes({ session, children }: Props) {
  const id = useId();
  const { setOpen, use } = useStore(session.probes);
  const recorded = useRun(session, ({ recording }) => recording !== null);
  const panel = useRef<HTMLElement>(null);
  useInSight(panel, use);
  useFocusWhileOpen(panel);
  useEffect(() => {
    const { setOpen } = session.probes.getState();
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      // Escape closes one thing: an open dialog, menu or phase is closed first.
      if (document.querySelector("dialog[open], :popover-open, .slow-motion")) return;
      event.preventDefault();
      setOpen(false);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      setOpen(false);
    };
  }, [session]);
  return (
    <section ref={panel} id={panelId} className="card probes" tabIndex={-1} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>Probes</h2>
        <MeasuredStep session={session} />
        {!recorded && <RowsChoice session={session} />}
        <button type="button" className="button small" aria-label="Close the probes" onClick={() => setOpen(false)}>
          Close
        </button>
      </header>
      {recorded ? (
        <div className="probe-answers">
          <NoNetwork missing="no probe can be computed" />
          {children}
        </div>
      ) : (
        <ProbeAnswers session={session}>{children}</ProbeAnswers>
      )}
    </section>
  );
}

/** Moves the focus to a panel when it opens, and back when it closes with the focus inside. */
function useFocusWhileOpen(panel: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const [opened, before] = [panel.current, document.activeElement];
    opened?.focus({ preventScroll: true });
    // On a phone the opener is far below the panel.
    opened?.scrollIntoView({ block: matchMedia("(max-width: 760px)").matches ? "start" : "nearest" });
    return () => {
      if (opened?.contains(document.activeElement) && before instanceof HTMLElement) before.focus();
    };
  }, [panel]);
}

function MeasuredStep({ session }: { readonly session: Session }) {
  const along = useStore(session.probes, ({ along }) => along);
  const text = along ? `step ${formatCount(along.step)}, ${formatCount(along.rows)} rows` : "";
  return (
    <small key={text} className="at-step">
      {text}
    </small>
  );
}
