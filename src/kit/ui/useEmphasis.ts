import { useEffect } from "react";
import type { Session } from "../../session/session";

/** Names what is pointed at on the document itself, so that styles emphasise it wherever it is, and nothing renders again. */
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
