import type { Verdict } from "../../core/history/alpha";
import { type RecentSteps, recentSteps } from "../../core/history/recentSteps";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import type { Session } from "../../session/session";
import { shareText } from "./recentText";

const rows: readonly { readonly verdict: Verdict; readonly shape: string; readonly label: string }[] = [
  { verdict: "minimum", shape: "▮", label: "with a best step" },
  { verdict: "behind", shape: "▲", label: "uphill" },
  { verdict: "concave", shape: "■", label: "negative curvature" },
  { verdict: "flat", shape: "◆", label: "flat" },
  { verdict: "diverged", shape: "✕", label: "diverged" },
];
/** Least time between two changes of the numbers, in ms. */
const interval = 350;

const countsOf = (session: Session): RecentSteps => recentSteps(session.history());

/** The recent steps counted by verdict, those without a position on the ruler included. */
export function VerdictCounts({ session }: { readonly session: Session }) {
  const { steps, counts, nextUphill } = useSnapshot(session, countsOf, interval, "text");
  return (
    <div className="counts">
      <h3 key={steps}>
        Last <b>{steps}</b> step{steps === 1 ? "" : "s"}
      </h3>
      <ul>
        {rows
          .filter(({ verdict }) => verdict !== "diverged" || counts.diverged > 0)
          .map(({ verdict, shape, label }) => (
            <li key={verdict}>
              <span className={`shape ${verdict}`} aria-hidden="true">
                {shape}
              </span>
              <b key={counts[verdict]}>{counts[verdict]}</b> {label}
            </li>
          ))}
        {nextUphill !== null && (
          <li>
            <span className="shape behind" aria-hidden="true">
              △
            </span>
            <b key={nextUphill}>{shareText(nextUphill)}</b> uphill, next batch
          </li>
        )}
      </ul>
      <p>Bars and zones: α* of these steps. Outline and hollow mark: α* of the next batch.</p>
    </div>
  );
}
