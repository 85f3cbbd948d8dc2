import { type ReactNode, useEffect, useState } from "react";
import { useRun } from "../kit/ui/useRun";
import type { Session } from "../session/session";

interface Props {
  readonly session: Session;
  /** Frames after the engine's start in which the children are mounted; 0 mounts them at once. */
  readonly frames: number;
  readonly children: ReactNode;
}

/** Mounts its children some frames late: the page is there, and its first steps are, before every chart has been made. */
export function Later({ session, frames, children }: Props) {
  const starting = useRun(session, ({ phase }) => phase === "starting");
  const [waiting, setWaiting] = useState(frames);
  useEffect(() => {
    if (starting || waiting === 0) return;
    const id = requestAnimationFrame(() => setWaiting(waiting - 1));
    return () => cancelAnimationFrame(id);
  }, [starting, waiting]);
  return waiting === 0 ? children : <div className="plot" />;
}
