import { useEffect, useRef, useState } from "react";
import { messageOf } from "../../core/errors";
import type { EngineSpeed } from "../../session/run/measureEngines";
import type { Session } from "../../session/session";
import type { EngineReport } from "../../worker/api";
import { engineNames } from "./engineText";
import { speedsSentence } from "./speedsText";

interface Props {
  readonly session: Session;
  /** The engine that trains. */
  readonly kind: EngineReport["kind"];
}

/** Measures the speed of both engines on the run, and offers the engine that does not train. */
export function EngineSpeeds({ session, kind }: Props) {
  const [measuring, setMeasuring] = useState<AbortController | null>(null);
  const [share, setShare] = useState(0);
  const [speeds, setSpeeds] = useState<readonly EngineSpeed[]>([]);
  const [text, setText] = useState("");
  const button = useRef<HTMLButtonElement>(null);
  // A menu gives the focus to its first button, which is here after this part is loaded.
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  const other = speeds.find((speed) => speed.kind !== kind && speed.stepsPerSecond !== null);

  async function measure(): Promise<void> {
    const controller = new AbortController();
    setMeasuring(controller);
    setShare(0);
    setSpeeds([]);
    setText("Both engines are measured; the run is paused.");
    try {
      const found = await session.measureEngines({ signal: controller.signal, progressed: setShare });
      setSpeeds(found);
      setText(speedsSentence(found));
    } catch (error) {
      setText(
        controller.signal.aborted ? "The measurement was cancelled." : `No speed was measured: ${messageOf(error)}`,
      );
    } finally {
      setMeasuring(null);
    }
  }

  return (
    <span className="engine-speeds">
      <button
        ref={button}
        type="button"
        className="button"
        data-stays
        onClick={() => (measuring ? measuring.abort() : void measure())}
      >
        {measuring ? "Cancel" : "Measure both"}
      </button>
      {measuring && <progress aria-label="Measuring both engines" max={1} value={share} />}
      <span role="status">{text}</span>
      {other && (
        <>
          <button type="button" className="button" data-stays onClick={() => reloadWith(other.kind)}>
            Train on the {engineNames[other.kind]} engine
          </button>
          <small>The page is then loaded again, and offers to resume the run.</small>
        </>
      )}
    </span>
  );
}

/** Opens the page again with another engine. The run is kept as at every reload. */
function reloadWith(kind: EngineReport["kind"]): void {
  const query = new URLSearchParams(location.search);
  query.set("engine", kind);
  location.search = query.toString();
}
