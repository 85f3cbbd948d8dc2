import { useEffect, useRef, useState } from "react";
import { optimisers } from "../../core/recipe/optimisers";
import { useInspection } from "../../kit/hooks/useInspection";
import { useRun } from "../../kit/hooks/useRun";
import { formatCount, formatNumber } from "../../kit/text/format";
import { followLateDirection, type LateStep } from "../../session/lesson/lateDirection";
import type { Session } from "../../session/session";

/** The notebook's d, computed one step late, compared with Adam's d at the selected step: norms per tensor, cosine and ratio of norms. */
export function LateDirection({ session }: { readonly session: Session }) {
  const panel = useRef<HTMLDivElement>(null);
  useInspection(panel, session);
  const [compared, setCompared] = useState<LateStep | null>(null);
  useEffect(() => {
    const { store, stop } = followLateDirection(session);
    setCompared(store.getState());
    const unsubscribe = store.subscribe(setCompared);
    return () => {
      unsubscribe();
      stop();
    };
  }, [session]);
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  if (optimiser !== "adam") {
    return <p>The notebook’s direction exists for Adam only. This run trains with {optimisers[optimiser].label}.</p>;
  }
  return (
    <div ref={panel} className="late-direction">
      <table>
        <caption>{compared ? `Norms at step ${formatCount(compared.step)}` : "Norms from step 1"}</caption>
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
              <td>{printedNorm(compared?.norms[t]?.late)}</td>
              <td>{printedNorm(compared?.norms[t]?.own)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        cosine <b>{formatNumber(compared?.cosine ?? Number.NaN)}</b> · ratio of norms{" "}
        <b>{formatNumber(compared?.lengths ?? Number.NaN)}</b>
      </p>
    </div>
  );
}

/** A norm in the notebook's number format. */
const printedNorm = (norm: number | undefined): string =>
  norm === undefined ? "" : norm === 0 ? "0.0" : Number.isFinite(norm) ? norm.toFixed(4) : "∞";
