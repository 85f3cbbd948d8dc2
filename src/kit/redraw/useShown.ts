import type { Shown } from "../../session/observe/shown";
import type { Session } from "../../session/session";
import { useSnapshot } from "./useSnapshot";

const shownOf = ({ shown }: Session): Shown => shown.getState();

/** The step that the texts show, drawn in the same frame as the texts of other panels. */
export const useShown = (session: Session): Shown => useSnapshot(session, shownOf, 0, "text", session.shown);
