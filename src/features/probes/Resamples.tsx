import { useId } from "react";
import { useStore } from "zustand";
import { maxResamples, type ResamplesProbe } from "../../engine/inspect/probes";
import { Hint } from "../../kit/ui/Hint";
import type { Session } from "../../session/session";
import { resamplesText } from "./probeText";

interface Props {
  readonly session: Session;
  readonly resampled: ResamplesProbe | null;
}

const hint = [
  "The same d, from the same point, judged by K other minibatches of the run’s batch size, drawn at random without putting rows back.",
  "Each best step ahead is a dot below the ruler’s axis. How wide they scatter says how much of α* is this batch’s luck.",
];

/** What other minibatches say of the same d: in words here, as dots on the ruler. */
export function Resamples({ session, resampled }: Props) {
  const id = useId();
  const { resamples, setResamples } = useStore(session.probes);
  return (
    <section className="resamples" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        Other minibatches <Hint about="other minibatches" texts={hint} />
      </h3>
      <label>
        <span>K</span>
        <input
          type="range"
          className="slider"
          min={1}
          max={maxResamples}
          value={resamples}
          aria-label="K, other minibatches"
          onChange={(event) => setResamples(Number(event.target.value))}
        />
        <b>{resamples}</b>
      </label>
      <p>{resampled ? resamplesText(resampled) : "–"}</p>
    </section>
  );
}
