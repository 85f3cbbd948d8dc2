import { useState } from "react";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { latePart } from "../../kit/ui/latePart";
import { Menu } from "../../kit/ui/Menu";
import type { RunState } from "../../session/state";
import { detailsOf, engineNames } from "./engineText";
import "./engine.css";

const EngineSpeeds = latePart(
  "The measurement of the engines",
  async () => (await import("./EngineSpeeds")).EngineSpeeds,
);

/** The name of the engine and, for the CPU, the reason in short; on hover and in its panel the renderer and the reason in full. */
export function EngineBadge() {
  const session = useSession();
  const engine = useRun(session, (run) => run.engine);
  const recording = useRun(session, (run) => run.recording);
  const name = useRun(session, nameOf);
  const details = useRun(session, textOf);
  const [opened, setOpened] = useState(false);
  const reason = engine?.reason ? `: ${engine.reason}` : "";
  return (
    <Menu
      name={`Engine: ${name}${reason}`}
      tip={details}
      className="badge"
      onOpen={() => setOpened(true)}
      face={
        <>
          {/* Remounted when the name changes, so that the change counts as no layout shift. */}
          <span key={name}>{name}</span>
          {reason && <span className="reason">{reason}</span>}
        </>
      }
    >
      <span id="engine-details" className="engine-details">
        {details}
      </span>
      {opened && engine && !recording && <EngineSpeeds session={session} kind={engine.kind} />}
    </Menu>
  );
}

function nameOf({ engine, recording, phase }: RunState): string {
  if (recording) return "recorded";
  if (engine) return engineNames[engine.kind];
  return phase === "failed" ? "no engine" : "starting";
}

function textOf({ engine, recording, phase }: RunState): string {
  if (recording) return `Recorded by another program: ${recording.device}. The page trains nothing.`;
  if (engine) return detailsOf(engine);
  return phase === "failed" ? "No engine is running; the error notice has the reason." : "The engine is starting.";
}
