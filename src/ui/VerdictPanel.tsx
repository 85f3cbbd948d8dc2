import { formatNumber } from "../charts/format";
import { useSnapshot } from "../charts/useSnapshot";
import type { Session } from "../store/session";
import { type Summary, summaryOf } from "./summary";
import { useRun } from "./useRun";
import { divergedSentence, type Halves, textOf, verdictSentence } from "./verdictText";

interface Sentence {
  readonly halves: Halves;
  /** What the sentence is about. */
  readonly about: string;
  readonly summary: Summary | null;
}

/** While the run races the sentence changes three times a second, and is spoken every ten seconds. */
const [readable, speakable] = [350, 10_000];

/** The verdict as one large sentence, and what the last steps had in common. */
export function VerdictPanel({ session }: { readonly session: Session }) {
  const fast = useRun(session, ({ phase, speed }) => phase === "playing" && speed > 2);
  const playing = useRun(session, ({ phase }) => phase === "playing");
  const shown = useSnapshot(session, sentenceOf, fast ? readable : 0, "text");
  const spoken = useSnapshot(session, spokenOf, playing ? speakable : 0, "text");
  return (
    <section className="card verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title" className="visually-hidden">
        Verdict
      </h2>
      <p className="sentence">
        {shown.halves.map((pieces) => (
          <span key={textOf([pieces, []])} className="half">
            {pieces.map(({ text, role }) => (
              <span key={text} className={role}>
                {text}
              </span>
            ))}{" "}
          </span>
        ))}
      </p>
      <p className="about">
        {shown.about && <span>{shown.about}</span>}
        {shown.summary && <SummaryLine summary={shown.summary} />}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </section>
  );
}

function SummaryLine({ summary: { steps, median, uphill, without } }: { readonly summary: Summary }) {
  return (
    <span>
      Last {steps} steps: median α* <b>{median === null ? "none" : formatNumber(median, 2)}</b>, uphill <b>{uphill}</b>,
      no minimum <b>{without}</b>.
    </span>
  );
}

function sentenceOf(session: Session): Sentence {
  const { phase, settings, divergedAt } = session.store.getState();
  const history = session.history();
  const step = history.length;
  if (phase === "starting") return { halves: [[{ text: "Starting the engine…" }], []], about: "", summary: null };
  if (phase === "failed") {
    return {
      halves: [[{ text: "The engine has stopped." }], [{ text: "The message says why." }]],
      about: "",
      summary: null,
    };
  }
  const verdict = history.verdict(step);
  if (!verdict) {
    return {
      halves: [[{ text: "How far should Adam step?" }], []],
      about: "Press play, or take one step: each one is measured.",
      summary: null,
    };
  }
  const summary = summaryOf(history);
  if (divergedAt !== null || verdict === "diverged") {
    return { halves: divergedSentence(divergedAt ?? step, settings), about: "", summary };
  }
  const [alphaStar, lr] = [history.value("alphaStar", step), history.value("lr", step)];
  const about = `Step ${step}: along Adam’s direction, on its batch of ${history.value("batch", step)}.`;
  return { halves: verdictSentence({ verdict, alphaStar, lr }), about, summary };
}

function spokenOf(session: Session): string {
  return textOf(sentenceOf(session).halves);
}
