import { useEffect, useState } from "react";
import { optimisers } from "../../core/recipe/optimisers";
import { formatCount, formatNumber } from "../../kit/text/format";
import { useRun } from "../../kit/ui/useRun";
import { followLateDirection, type LateStep } from "../../session/lesson/lateDirection";
import type { Session } from "../../session/session";

/** The notebook's direction beside Adam's own, in the norms that it printed, at the step that is looked at. */
export function LateDirection({ session }: { readonly session: Session }) {
  const [seen, show] = useState<LateStep | null>(null);
  useEffect(() => {
    const { store, stop } = followLateDirection(session);
    show(store.getState());
    const unsubscribe = store.subscribe(show);
    return () => {
      unsubscribe();
      stop();
    };
  }, [session]);
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  if (optimiser !== "adam") {
    return <p>The notebook’s direction was Adam’s; this run trains with {optimisers[optimiser].label}.</p>;
  }
  return (
    <div className="late-direction">
      <table>
        <caption>{seen ? `Norms at step ${formatCount(seen.step)}` : "Norms, from the first step on"}</caption>
        <thead>
          <tr>
            <th scope="col">tensor</th>
            <th scope="col">notebook</th>
            <th scope="col">Adam’s d</th>
          </tr>
        </thead>
        <tbody>
          {session.history().tensors.map(({ name }, t) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{printed(seen?.norms[t]?.late)}</td>
              <td>{printed(seen?.norms[t]?.own)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        cosine <b>{seen && Number.isFinite(seen.cosine) ? formatNumber(seen.cosine, 3) : "none"}</b> · length{" "}
        <b>{seen && Number.isFinite(seen.lengths) ? `${formatNumber(seen.lengths, 3)} ×` : "none"}</b>
      </p>
    </div>
  );
}

/** As the notebook prints a norm. */
const printed = (norm: number | undefined): string =>
  norm === undefined ? "" : norm === 0 ? "0.0" : Number.isFinite(norm) ? norm.toFixed(4) : "∞";
