import { lazy, Suspense, useEffect, useRef } from "react";
import type { Session } from "../../session/session";
import "./schedule.css";

/** Loaded when the dialog is first opened. */
const ScheduleForm = lazy(() => import("./ScheduleForm").then((module) => ({ default: module.ScheduleForm })));

interface Props {
  readonly session: Session;
  readonly open: boolean;
  readonly close: () => void;
}

/** The dialog that sets a learning-rate schedule from the next step. */
export function ScheduleDialog({ session, open, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="help schedule" aria-label="Learning rate schedule" onClose={close}>
      <Suspense>{open && <ScheduleForm session={session} close={close} />}</Suspense>
    </dialog>
  );
}
