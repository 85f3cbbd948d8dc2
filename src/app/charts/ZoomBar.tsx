import { useStore } from "zustand";
import { usePage } from "../../actions/PageProvider";
import { formatCount } from "../../kit/text/format";
import { goLive } from "../../kit/timechart/navigate";
import { SpanMenu } from "./SpanMenu";

/** The steps on the time axes: the menu of their number, or the zoomed range and the button that ends the zoom. */
export function ZoomBar() {
  const { page, actions } = usePage();
  const { session } = page;
  const { zoom, span, cursor, setSpan } = useStore(session.view);
  const shown = useStore(session.store, ({ step }) =>
    zoom ? `${rangeText(zoom.from, zoom.to, step)} of ${formatCount(step)}` : "",
  );
  return (
    <span className="zoom-bar">
      {zoom ? <span className="zoomed">{shown}</span> : cursor !== null && <span>step {formatCount(cursor)}</span>}
      {zoom ? (
        <button type="button" className="button small" data-tip={actions.live.help} onClick={() => goLive(session)}>
          back to live
        </button>
      ) : (
        <SpanMenu span={span} choose={setSpan} />
      )}
    </span>
  );
}

function rangeText(from: number, to: number, length: number): string {
  const [first, last] = [Math.max(1, Math.ceil(from)), Math.min(length, Math.floor(to))];
  return last < first ? "no steps" : `steps ${formatCount(first)}–${formatCount(last)}`;
}
