import { type ReactNode, useEffect, useState } from "react";
import { useRun } from "../kit/hooks/useRun";
import type { Session } from "../session/session";

interface Props {
  readonly session: Session;
  /** Frames after the engine's start in which the children are mounted; 0 mounts them at once. */
  readonly frames: number;
  readonly children: ReactNode;
}

/** A frame counts after this time in ms even if the browser has not drawn one. */
const longestFrame = 250;

/** Mounts its children some frames after the engine has started, so that the first steps do not wait for all charts. */
export function Later({ session, frames, children }: Props) {
  const starting = useRun(session, ({ phase }) => phase === "starting");
  const [framesLeft, setFramesLeft] = useState(frames);
  useEffect(() => {
    if (starting || framesLeft === 0) return;
    const next = () => setFramesLeft(framesLeft - 1);
    const frame = requestAnimationFrame(next);
    // A browser may draw no frame of a page that does not change.
    const timeout = setTimeout(next, longestFrame);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timeout);
    };
  }, [starting, framesLeft]);
  return framesLeft === 0 ? children : <div className="plot" />;
}
