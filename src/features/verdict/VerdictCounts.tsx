import type { Verdict } from "../../core/history/alpha";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import type { Session } from "../../session/session";
import { type RecentSteps, recentSteps } from "./rulerWindow";

const rows: readonly { readonly verdict: Verdict; readonly shape: string; readonly words: string }[] = [
  { verdict: "minimum", shape: "▮", words: "best step ahead" },
  { verdict: "behind", shape: "▲", words: "uphill" },
  { verdict: "concave", shape: "■", words: "negative curvature" },
  { verdict: "flat", shape: "◆", words: "flat" },
  { verdict: "diverged", shape: "✕", words: "diverged" },
];
/** Often enough to follow, seldom enough to read. */
const interval = 350;

const countsOf = (session: Session): RecentSteps => recentSteps(session.history());

/** The last steps counted by verdict: those that have no place on the ruler are not dropped, they stand at its side. */
export function VerdictCounts({ session }: { readonly session: Session }) {
  const { steps, counts } = useSnapshot(session, countsOf, interval, "text");
  return (
    <div className="counts">
      {/* Keyed by what they count: a number that grows is another one, and pushes nothing aside. */}
      <h3 key={steps}>
        Last <b>{steps}</b> step{steps === 1 ? "" : "s"}
      </h3>
      <ul>
        {rows
          .filter(({ verdict }) => verdict !== "diverged" || counts.diverged > 0)
          .map(({ verdict, shape, words }) => (
            <li key={verdict}>
              <span className={`shape ${verdict}`} aria-hidden="true">
                {shape}
              </span>
              <b key={counts[verdict]}>{counts[verdict]}</b> {words}
            </li>
          ))}
      </ul>
      <p>Bars and zones tell of all these steps, the bracket of the one named above.</p>
    </div>
  );
}
