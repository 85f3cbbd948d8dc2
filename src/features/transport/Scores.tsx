import { useStore } from "zustand";
import { formatNumber } from "../../kit/text/format";
import { useSession } from "../../kit/ui/useSession";

/** How well the network does on rows it has never seen, beside those it is trained on; nothing where no one can say. */
export function Scores() {
  const session = useSession();
  const latest = useStore(session.evaluation, (state) => state.latest);
  const deviation = useStore(session.evaluation, (state) => state.deviation);
  if (!latest) return null;
  const { train, held } = latest;
  const say = ({ loss, accuracy }: typeof train): string => {
    if (accuracy !== null) return `${(100 * accuracy).toFixed(1)} %`;
    return deviation === null ? formatNumber(loss, 3) : `±${formatNumber(deviation * Math.sqrt(loss), 3)}`;
  };
  const losses = [`Loss on all ${train.rows} training rows ${formatNumber(train.loss, 4)}`];
  if (held) losses.push(`on ${held.rows} held-out rows ${formatNumber(held.loss, 4)}`);
  const unit = train.accuracy !== null ? "Share of rows that are right." : "Root of the mean squared error.";
  return (
    <span className="scores" data-tip={`${unit} ${losses.join(", ")}.`}>
      {held && (
        <>
          held-out <b key={say(held)}>{say(held)}</b>{" "}
        </>
      )}
      train <b key={`${say(train)} train`}>{say(train)}</b>
    </span>
  );
}
