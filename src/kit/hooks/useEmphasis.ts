import { useEffect } from "react";
import type { Session } from "../../session/session";

/** Writes the quantity under the pointer to `data-emphasis` of the document: styles emphasise it everywhere without a render. */
export function useEmphasis(session: Session): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    return session.view.subscribe(({ emphasis }, before) => {
      if (emphasis === before.emphasis) return;
      if (emphasis) dataset.emphasis = emphasis;
      else delete dataset.emphasis;
    });
  }, [session]);
}
