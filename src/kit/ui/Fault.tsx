import type { FallbackProps } from "react-error-boundary";
import { messageOf } from "../../core/errors";
import "./fault.css";

/** The place of a part of the page that failed: the reason, another attempt, and a reload. The run is not affected. */
export function Fault({ error, resetErrorBoundary }: FallbackProps) {
  return (
    <div role="alert" className="part-fault">
      <p>{messageOf(error)}</p>
      <p className="choices">
        <button type="button" className="button primary" onClick={resetErrorBoundary}>
          Try again
        </button>
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </p>
    </div>
  );
}
