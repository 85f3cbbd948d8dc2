import { useEffect, useState } from "react";

const inputEvents = ["pointermove", "pointerdown", "keydown", "focusin"] as const;

/** Whether there has been no input for `ms` milliseconds. */
export function useIdle(ms: number): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    let timer = setTimeout(() => setIdle(true), ms);
    function onInput(): void {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), ms);
    }
    const removal = new AbortController();
    for (const type of inputEvents) document.addEventListener(type, onInput, { signal: removal.signal });
    return () => {
      clearTimeout(timer);
      removal.abort();
    };
  }, [ms]);
  return idle;
}
