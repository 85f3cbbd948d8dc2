import { useRun } from "../kit/hooks/useRun";
import { useSession } from "../kit/hooks/useSession";
import type { EngineReport } from "../worker/api";

/** The name of the engine and, for the CPU, the reason in short; on hover, focus or tap its renderer and the reason in full. */
export function EngineBadge() {
  const session = useSession();
  const engine = useRun(session, (run) => run.engine);
  const phase = useRun(session, (run) => run.phase);
  const recording = useRun(session, (run) => run.recording);
  const name = recording
    ? "recorded"
    : engine
      ? engine.kind === "webgl"
        ? "WebGL"
        : "CPU"
      : phase === "failed"
        ? "no engine"
        : "starting";
  return (
    <span className="badge-anchor">
      <button type="button" className="badge" aria-describedby="engine-details">
        <span className="visually-hidden">Engine: </span>
        {/* Remounted when the name changes, so that the change counts as no layout shift. */}
        <span key={name}>{name}</span>
        {engine?.reason && <span className="reason">: {engine.reason}</span>}
      </button>
      <span id="engine-details" role="tooltip" className="tip">
        {recording
          ? `Recorded by another program: ${recording.device}. The page trains nothing.`
          : engine
            ? detailsOf(engine)
            : phase === "failed"
              ? "No engine is running; the error notice has the reason."
              : "The engine is starting."}
      </span>
    </span>
  );
}

function detailsOf({ kind, renderer, why }: EngineReport): string {
  const engine = kind === "webgl" ? `TensorFlow.js on WebGL: ${renderer}.` : `${renderer}, in float64.`;
  return why ? `${engine} ${why}` : engine;
}
