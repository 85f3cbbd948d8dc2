import { useModal } from "../../kit/hooks/useModal";
import { latePart } from "../../kit/ui/latePart";
import type { Session } from "../../session/session";
import "./schedule.css";

/** Loaded when the dialog is first opened. */
const ScheduleForm = latePart("The schedule dialog", async () => (await import("./ScheduleForm")).ScheduleForm);

interface Props {
  readonly session: Session;
  readonly open: boolean;
  readonly close: () => void;
}

/** The dialog that sets a learning-rate schedule from the next step. */
export function ScheduleDialog({ session, open, close }: Props) {
  const dialog = useModal(open);
  return (
    <dialog ref={dialog} className="help schedule" aria-label="Learning rate schedule" onClose={close}>
      {open && <ScheduleForm session={session} close={close} />}
    </dialog>
  );
}
