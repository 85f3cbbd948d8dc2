import { useStore } from "zustand";
import { formatCount } from "../../kit/text/format";
import { latePart } from "../../kit/ui/latePart";
import type { Session } from "../../session/session";
import "./lateFit.css";

/** Loaded when the chart is first shown. */
export const FitChart = latePart("The chart of the fit", async () => (await import("./FitChart")).FitChart);

/** The step and the batch of the fit, for the title line of its card. */
export function FitStep({ session }: { readonly session: Session }) {
  const text = useStore(session.fit, ({ fit }) => fit && `step ${formatCount(fit.step)}, batch of ${fit.batchRows}`);
  return (
    text && (
      <span key={text} className="fit-step">
        {text}
      </span>
    )
  );
}
