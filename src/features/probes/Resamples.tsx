import { useId } from "react";
import { useStore } from "zustand";
import { maxResamples, type ResamplesProbe } from "../../engine/inspect/probes/probes";
import { RangeInput } from "../../kit/fields/RangeInput";
import { Hint } from "../../kit/ui/Hint";
import type { Session } from "../../session/session";
import { resamplesText } from "./probeText";

interface Props {
  readonly session: Session;
  readonly resampled: ResamplesProbe | null;
}

const hint = [
  "The same d at the same parameters, evaluated on K other minibatches of the run’s batch size, sampled without replacement.",
  "Each α* > 0 is a dot below the ruler’s axis. The spread of the dots shows the sampling noise of α*.",
];

/** α* of the same d on K other minibatches, as a sentence. The ruler draws the same values as dots. */
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
        <RangeInput
          className="slider"
          min={1}
          max={maxResamples}
          value={resamples}
          aria-label="K, number of other minibatches"
          onMove={setResamples}
        />
        <output>{resamples}</output>
      </label>
      <p>{resampled ? resamplesText(resampled) : "–"}</p>
    </section>
  );
}
