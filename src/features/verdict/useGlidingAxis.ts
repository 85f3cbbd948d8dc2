import { useEffect, useRef, useState } from "react";
import type { RulerAxis } from "./rulerAxis";

const glideMs = 400;

/** The axis on its way to `target`: a new decade slides in rather than jumping. It holds still while `held`. */
export function useGlidingAxis(target: RulerAxis, held: boolean): RulerAxis {
  const [shown, setShown] = useState(target);
  const now = useRef(target);
  const { lo, hi } = target;
  useEffect(() => {
    const from = now.current;
    if (held || (from.lo === lo && from.hi === hi)) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let start: number | null = null;
    let frame = requestAnimationFrame(function move(time) {
      start ??= time;
      const t = still ? 1 : Math.min((time - start) / glideMs, 1);
      const way = t * t * (3 - 2 * t);
      now.current = t < 1 ? { lo: from.lo + way * (lo - from.lo), hi: from.hi + way * (hi - from.hi) } : { lo, hi };
      setShown(now.current);
      if (t < 1) frame = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(frame);
  }, [lo, hi, held]);
  return shown;
}
