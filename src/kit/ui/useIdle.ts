import { useEffect, useState } from "react";

const signs = ["pointermove", "pointerdown", "keydown", "focusin"] as const;

/** Whether no hand has moved for `ms`. */
export function useIdle(ms: number): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    let timer = setTimeout(() => setIdle(true), ms);
    function wake(): void {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), ms);
    }
    const removal = new AbortController();
    for (const sign of signs) document.addEventListener(sign, wake, { signal: removal.signal });
    return () => {
      clearTimeout(timer);
      removal.abort();
    };
  }, [ms]);
  return idle;
}
