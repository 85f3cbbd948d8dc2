import { useEffect, useRef } from "react";
import { useRun } from "../hooks/useRun";
import { useSession } from "../hooks/useSession";
import "./notices.css";

/** Messages to the user; Escape dismisses the newest. Both live regions are always in the page: screen readers announce only changes. */
export function Notices() {
  const session = useSession();
  const notices = useRun(session, (run) => run.notices);
  const rows = useRef<HTMLDivElement>(null);
  const newest = notices.at(-1)?.id;
  useEffect(() => {
    // Where the page is higher than the window, a new notice can be above it.
    if (newest !== undefined)
      rows.current?.querySelector(`[data-notice="${newest}"]`)?.scrollIntoView({ block: "nearest" });
  }, [newest]);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const newest = session.store.getState().notices.at(-1);
      if (event.key !== "Escape" || event.defaultPrevented || !newest || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      session.dismiss(newest.id);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [session]);
  const list = (kind: "error" | "info") =>
    notices
      .filter((notice) => notice.kind === kind)
      .map(({ id, text, action }) => (
        <div key={id} data-notice={id} className={`notice ${kind}`}>
          <p>
            {kind === "error" && <b>Error. </b>}
            {text}
          </p>
          <span className="choices">
            {action && (
              <button
                type="button"
                className="button primary"
                onClick={() => {
                  session.dismiss(id);
                  action.run();
                }}
              >
                {action.label}
              </button>
            )}
            <button type="button" className="button" onClick={() => session.dismiss(id)}>
              Dismiss
            </button>
          </span>
        </div>
      ));
  return (
    <div ref={rows} className="notices">
      <div role="alert">{list("error")}</div>
      <div role="status">{list("info")}</div>
    </div>
  );
}
