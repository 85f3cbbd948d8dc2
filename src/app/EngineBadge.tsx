import { useRun } from "../kit/ui/useRun";
import { useSession } from "../kit/ui/useSession";
import type { EngineReport } from "../worker/api";

/** Which engine computes: WebGL with its renderer, or CPU and why. Details on hover, focus or tap. */
export function EngineBadge() {
  const session = useSession();
  const engine = useRun(session, (run) => run.engine);
  const phase = useRun(session, (run) => run.phase);
  const name = engine ? (engine.kind === "webgl" ? "WebGL" : "CPU") : phase === "failed" ? "no engine" : "starting…";
  return (
    <span className="badge-anchor">
      <button type="button" className="badge" aria-describedby="engine-details">
        <span className="visually-hidden">Engine: </span>
        {/* Keyed: one name takes another's place, and moves nothing. */}
        <span key={name}>{name}</span>
      </button>
      <span id="engine-details" role="tooltip" className="tip">
        {engine
          ? detailsOf(engine)
          : phase === "failed"
            ? "No engine is running; see the message."
            : "The engine is starting."}
      </span>
    </span>
  );
}

function detailsOf({ kind, renderer, why }: EngineReport): string {
  const what = kind === "webgl" ? `TensorFlow.js on WebGL: ${renderer}.` : `Plain loops in float64 (${renderer}).`;
  return why ? `${what} ${why}` : what;
}
