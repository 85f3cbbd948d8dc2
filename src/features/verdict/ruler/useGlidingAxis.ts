import { useEffect, useRef, useState } from "react";
import type { RulerAxis } from "./rulerAxis";

const glideMs = 400;

/** The axis animated towards `target`; it stays while `held`, and jumps where reduced motion is preferred. */
export function useGlidingAxis(target: RulerAxis, held: boolean): RulerAxis {
  const [shown, setShown] = useState(target);
  const current = useRef(target);
  const { lo, hi } = target;
  useEffect(() => {
    const from = current.current;
    if (held || (from.lo === lo && from.hi === hi)) return;
    const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let start: number | null = null;
    let frame = requestAnimationFrame(function move(time) {
      start ??= time;
      const t = reducedMotion ? 1 : Math.min((time - start) / glideMs, 1);
      const eased = t * t * (3 - 2 * t);
      current.current =
        t < 1 ? { lo: from.lo + eased * (lo - from.lo), hi: from.hi + eased * (hi - from.hi) } : { lo, hi };
      setShown(current.current);
      if (t < 1) frame = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(frame);
  }, [lo, hi, held]);
  return shown;
}
