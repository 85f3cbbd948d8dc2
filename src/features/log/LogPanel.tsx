import { useSession } from "../../kit/hooks/useSession";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import { CopyButton } from "../../kit/ui/CopyButton";
import type { Session } from "../../session/session";
import { logOf, logText } from "./log";
import "./log.css";

/** Epochs shown on the page; the copied log has all epochs. */
const shownEpochs = 30;
const derive = (session: Session) => logOf(session.history(), shownEpochs);

/** The lines that the notebook prints, and α*. */
export function LogPanel() {
  const session = useSession();
  const entries = useSnapshot(session, derive, 350, "text");
  return (
    <section className="card log" aria-labelledby="log-title">
      <h2 id="log-title">
        Log
        <CopyButton label="Copy log" text={() => logText(session.history())} />
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to take focus to scroll by key */}
      <section className="log-lines" tabIndex={0} aria-label="Log lines">
        {entries.length === 0 && <p>The log lists the first batch of each epoch.</p>}
        {/* One text node: a new epoch above the others then counts as no layout shift. */}
        <pre translate="no">{entries.map(({ lines }) => lines.join("\n")).join("\n\n")}</pre>
      </section>
    </section>
  );
}
