import { type ReactNode, useEffect, useState } from "react";
import { useRun } from "../kit/hooks/useRun";
import type { Session } from "../session/session";

interface Props {
  readonly session: Session;
  /** Frames after the engine's start in which the children are mounted; 0 mounts them at once. */
  readonly frames: number;
  readonly children: ReactNode;
}

/** Mounts its children some frames after the engine has started, so that the first steps do not wait for all charts. */
export function Later({ session, frames, children }: Props) {
  const starting = useRun(session, ({ phase }) => phase === "starting");
  const [framesLeft, setFramesLeft] = useState(frames);
  useEffect(() => {
    if (starting || framesLeft === 0) return;
    const id = requestAnimationFrame(() => setFramesLeft(framesLeft - 1));
    return () => cancelAnimationFrame(id);
  }, [starting, framesLeft]);
  return framesLeft === 0 ? children : <div className="plot" />;
}
