import { notifyOnReject } from "../../actions/reporting";
import { fetchPart } from "../../core/async/fetchPart";
import { download } from "../../kit/ui/download";
import type { Session } from "../../session/session";

/** Saves `alphascope.py`, which is loaded when it is asked for. */
export function saveRecorder(session: Session): void {
  const saved = fetchPart("alphascope.py", () => import("../../export/python/alphascope.py?raw"));
  notifyOnReject(
    session,
    saved.then(({ default: text }) => download("alphascope.py", new Blob([text], { type: "text/x-python" }))),
  );
}
