import { lazy, Suspense, useEffect, useRef } from "react";
import type { Session } from "../../session/session";

/** Fetched when someone first asks for it. */
const ScheduleForm = lazy(() => import("./ScheduleForm").then((module) => ({ default: module.ScheduleForm })));

interface Props {
  readonly session: Session;
  readonly open: boolean;
  readonly close: () => void;
}

/** Sends the learning rate along a curve, picked or drawn, from the next step on. */
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
