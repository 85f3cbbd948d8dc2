import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useStore } from "zustand";
import { type Field, fields } from "../../core/history/fields";
import { parameterByKey } from "../../core/history/parameters";
import { optimisers } from "../../core/recipe/optimisers";
import { Measured } from "../../kit/chart/Measured";
import { SaveImage } from "../../kit/chart/SaveImage";
import { useInspection } from "../../kit/hooks/useInspection";
import { useRun } from "../../kit/hooks/useRun";
import { CopyButton } from "../../kit/ui/CopyButton";
import { NoNetwork } from "../../kit/ui/NoNetwork";
import type { Session } from "../../session/session";
import type { SlowPhase } from "../../session/slowMotion";
import { FieldChoice } from "./FieldChoice";
import { NetworkDrawing } from "./NetworkDrawing";
import { NetworkMatrices } from "./NetworkMatrices";
import { isDrawable, sizesOf } from "./network";
import { ParameterReading } from "./ParameterReading";
import { SignScale } from "./SignScale";
import { useSteadyScale } from "./useSteadyScale";
import { useVectors } from "./useVectors";
import "./network.css";

interface Props {
  readonly session: Session;
  /** The phase of slow motion: gradient, moments and direction choose the vector that colours the network. */
  readonly slow: SlowPhase | null;
}

const slowFields: Partial<Record<SlowPhase, Field>> = { gradient: "gradient", moments: "v", direction: "direction" };

/** All parameters of the network, coloured by their values of d, θ, g or v. */
export function NetworkPanel(props: Props) {
  const recorded = useRun(props.session, ({ recording }) => recording !== null);
  if (!recorded) return <Network {...props} />;
  return (
    <section className="card network-panel" aria-label="Network">
      <h2>Network</h2>
      <NoNetwork missing="its parameters and d are not in the file" />
    </section>
  );
}

function Network({ session, slow }: Props) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useInspection(panel, session);
  const [choice, setChoice] = useState<Field>("direction");
  const [pointed, setPointed] = useState<number | null>(null);
  const picked = useStore(session.view, (view) => view.picked);
  const paused = useRun(session, ({ phase }) => phase !== "playing");
  const { tensors, vectors } = useVectors(session);
  const hasV = useRun(session, ({ recipe }) => optimisers[recipe.optimiser].adaptive);
  const preferred = (slow && slowFields[slow]) ?? choice;
  const chosen = preferred === "v" && !hasV ? "direction" : preferred;
  const values = vectors[chosen] ?? null;
  const full = useSteadyScale(chosen, values);
  const isDrawn = isDrawable(sizesOf(tensors));
  const Picture = isDrawn ? NetworkDrawing : NetworkMatrices;

  function onKeyDown(event: KeyboardEvent): void {
    const next = event.altKey || event.ctrlKey || event.metaKey ? null : parameterByKey(tensors, picked, event.key);
    if (next === null) return;
    event.preventDefault();
    session.view.getState().setPicked(next);
  }

  return (
    <section
      ref={panel}
      className="card network-panel"
      aria-labelledby={`${id}-title`}
      data-phase="gradient moments direction"
    >
      <h2 id={`${id}-title`}>
        {fields[chosen].symbol} in the network
        <SaveImage session={session} title={`${fields[chosen].symbol} in the network`} file="network" atCursor />
        <CopyButton label="Copy d as JSON" text={() => JSON.stringify(session.direction())} />
      </h2>
      <FieldChoice field={chosen} vectors={vectors} choose={setChoice} />
      <Measured
        className={isDrawn ? "network-box drawn" : "network-box"}
        role="application"
        aria-label={`${fields[chosen].symbol} in the network. Arrow keys select a parameter.`}
        aria-describedby={`${id}-reading`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {({ width, height }) =>
          tensors.length > 0 && (
            <Picture
              tensors={tensors}
              values={values}
              full={full}
              width={width}
              height={height}
              picked={picked}
              onPoint={setPointed}
              onPick={session.view.getState().setPicked}
            />
          )
        }
      </Measured>
      <SignScale full={full} />
      <ParameterReading
        id={`${id}-reading`}
        tensors={tensors}
        vectors={vectors}
        parameter={pointed ?? picked}
        announces={paused && pointed === null}
      />
    </section>
  );
}
