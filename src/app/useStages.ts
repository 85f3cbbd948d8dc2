import { startTransition, useEffect, useState } from "react";

/**
 * The stages from 0 to `last` in turn, each in a task of its own. A page mounted at once would occupy a phone's processor for half a
 * second, in which the browser reacts to no input.
 */
export function useStages(last: number): number {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    if (stage === last) return;
    const id = setTimeout(() => startTransition(() => setStage(stage + 1)));
    return () => clearTimeout(id);
  }, [stage, last]);
  return stage;
}
