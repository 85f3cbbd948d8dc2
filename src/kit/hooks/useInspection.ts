import { type RefObject, useCallback } from "react";
import type { Session } from "../../session/session";
import { useInSight } from "./useInSight";

/** Requests inspections of the selected step while a panel that shows them is in sight. @param needed whether the panel shows them now */
export function useInspection(panel: RefObject<Element | null>, session: Session, needed = true): void {
  const use = useCallback(() => session.inspection.getState().use("inspection"), [session]);
  useInSight(panel, needed ? use : null);
}
