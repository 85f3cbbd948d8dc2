import type { ExperimentForm } from "../../core/experiment/experimentForm";
import { useModal } from "../../kit/hooks/useModal";
import { latePart } from "../../kit/ui/latePart";
import type { Session } from "../../session/session";
import "./experiments.css";

/** Loaded when the dialog is first opened. */
const Experiments = latePart("The experiments dialog", async () => (await import("./Experiments")).Experiments);

interface Props {
  readonly session: Session;
  /** The form to fill in; null keeps the last one. */
  readonly form: ExperimentForm | null;
  readonly open: boolean;
  readonly close: () => void;
}

/** The dialog of experiments beside the run. An experiment continues while the dialog is closed. */
export function ExperimentsDialog({ session, form, open, close }: Props) {
  const dialog = useModal(open);
  return (
    <dialog ref={dialog} className="help experiments" aria-label="Experiments" onClose={close}>
      {open && <Experiments session={session} form={form} close={close} />}
    </dialog>
  );
}
