import { useId } from "react";
import { useStore } from "zustand";
import { RangeInput } from "../../kit/fields/RangeInput";
import { formatStep } from "../../kit/text/format";
import type { Session } from "../../session/session";

/** Positions of the slider. */
const positions = 200;

/** The slider of α: the function at θ + αd is drawn beside those of the step. @param farthest the largest α */
export function TrialAlpha({ session, farthest }: { readonly session: Session; readonly farthest: number }) {
  const id = useId();
  const { trialAlpha, setTrialAlpha } = useStore(session.view);
  const position = Math.round((positions * Math.min(Math.max(trialAlpha ?? 0, 0), farthest)) / farthest);
  const text = trialAlpha === null ? "none" : formatStep(trialAlpha);
  return (
    <div className="fit-trial-field">
      <label htmlFor={id}>Trial α</label>
      <RangeInput
        id={id}
        className="slider"
        min={0}
        max={positions}
        value={position}
        aria-valuetext={text}
        data-tip="Draws the function at θ + αd. The pointer on the slice or the ruler sets α, too."
        onMove={(to) => setTrialAlpha((to * farthest) / positions)}
      />
      <output key={text} htmlFor={id}>
        {text}
      </output>
      <button
        type="button"
        className="button small"
        disabled={trialAlpha === null}
        data-tip="Removes the function at the trial α."
        onClick={() => setTrialAlpha(null)}
      >
        Clear
      </button>
    </div>
  );
}
