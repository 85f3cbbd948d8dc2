import { useStore } from "zustand";
import { useSession } from "../../kit/hooks/useSession";
import { formatNumber } from "../../kit/text/format";

/** Accuracy or error on the held-out rows and on the training rows; nothing where the run has neither held-out rows nor classes. */
export function Scores() {
  const session = useSession();
  const latest = useStore(session.evaluation, (state) => state.latest);
  const deviation = useStore(session.evaluation, (state) => state.deviation);
  if (!latest) return null;
  const { train, held } = latest;
  const scoreText = ({ loss, accuracy }: typeof train): string => {
    if (accuracy !== null) return `${(100 * accuracy).toFixed(1)} %`;
    return deviation === null ? formatNumber(loss, 3) : `±${formatNumber(deviation * Math.sqrt(loss), 3)}`;
  };
  const losses = [`Loss on all ${train.rows} training rows ${formatNumber(train.loss, 4)}`];
  if (held) losses.push(`on ${held.rows} held-out rows ${formatNumber(held.loss, 4)}`);
  const unit = train.accuracy !== null ? "Accuracy." : "Root mean squared error, in the units of the target.";
  return (
    <span className="scores" data-tip={`${unit} ${losses.join(", ")}.`}>
      {held && (
        <>
          held-out <b key={scoreText(held)}>{scoreText(held)}</b>{" "}
        </>
      )}
      train <b key={`${scoreText(train)} train`}>{scoreText(train)}</b>
    </span>
  );
}
