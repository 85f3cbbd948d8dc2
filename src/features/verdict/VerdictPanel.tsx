import { useId } from "react";
import { notifyOnReject } from "../../actions/reporting";
import { metrics } from "../../core/history/metrics";
import { optimisers } from "../../core/recipe/optimisers";
import { settingsAt } from "../../core/recipe/recipe";
import { SaveImage } from "../../kit/chart/SaveImage";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatCount } from "../../kit/text/format";
import { Hint } from "../../kit/ui/Hint";
import { useRun } from "../../kit/ui/useRun";
import type { Session } from "../../session/session";
import { Ruler } from "./Ruler";
import type { MarkedStep } from "./RulerMarks";
import { recentSteps, recentText } from "./rulerWindow";
import { VerdictCounts } from "./VerdictCounts";
import { divergedSentence, type Halves, textOf, verdictReason, verdictSentence } from "./verdictText";
import "./verdict.css";

interface Sentence {
  readonly halves: Halves;
  /** What the sentence is about. */
  readonly about: string;
  /** The step marked on the ruler. */
  readonly step: MarkedStep | null;
}

const help = [`α*: ${metrics.alphaStar.help}`, `lr: ${metrics.lr.help}`];

/** While the run races the sentence changes three times a second, and is spoken every ten seconds. */
const [readable, speakable] = [350, 10_000];

/** How far the optimiser stepped and how far it should have: one large sentence, and the ruler with both on it. */
export function VerdictPanel({ session }: { readonly session: Session }) {
  const fast = useRun(session, ({ phase, speed }) => phase === "playing" && speed > 2);
  const playing = useRun(session, ({ phase }) => phase === "playing");
  const { halves, about, step } = useSnapshot(session, sentenceOf, fast ? readable : 0, "text");
  const spoken = useSnapshot(session, spokenOf, playing ? speakable : 0, "text");
  const summary = useSnapshot(session, summaryOf, playing ? speakable : 0, "text");
  const id = useId();

  /** A rate that is refused becomes a notice. */
  function change(lr: number): Promise<void> {
    const done = session.move({ lr });
    notifyOnReject(session, done);
    return done.catch(() => {});
  }

  return (
    <section className="card verdict" data-phase="alphaStar step" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="visually-hidden">
        Verdict
      </h2>
      {/* Keyed by what they say: a new sentence takes the place of the old one, and no letter of it moves. */}
      <p className="sentence" key={textOf(halves)}>
        {halves.map((pieces) => (
          <span key={textOf([pieces, []])} className="half">
            {pieces.map(({ text, role }) => (
              <span key={text} className={role}>
                {text}
              </span>
            ))}{" "}
          </span>
        ))}
      </p>
      <div className="about-line">
        <p className="about" key={about}>
          {about}
        </p>
        <Hint about="the best step" texts={help} />
        <SaveImage session={session} title="Verdict" file="ruler" />
      </div>
      <div className="hero">
        <Ruler session={session} step={step} change={change} settle={session.settle} describedBy={`${id}-summary`} />
        <VerdictCounts session={session} />
      </div>
      <p className="visually-hidden" id={`${id}-summary`}>
        {summary}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </section>
  );
}

const plain = (text: string): Halves => [[{ text }], []];

function sentenceOf(session: Session): Sentence {
  const { phase, settings, recipe, divergedAt } = session.store.getState();
  const history = session.history();
  const at = history.length;
  const verdict = history.verdict(at);
  if (phase === "starting") return { halves: plain("Starting the engine…"), about: "", step: null };
  if (phase === "failed") {
    return { halves: plain("The engine has stopped."), about: "The message says why.", step: null };
  }
  if (!verdict) {
    const about = "Press play, or take one step: its best length α* lands on the ruler.";
    return { halves: plain(`How far should ${optimisers[recipe.optimiser].label} step?`), about, step: null };
  }
  const step: MarkedStep = {
    verdict,
    alphaStar: history.value("alphaStar", at),
    taken: history.value("stepTaken", at),
    greedy: verdict === "minimum" && settingsAt(recipe, at).rule === "alphaStar",
  };
  if (divergedAt !== null || verdict === "diverged") {
    return {
      halves: divergedSentence(divergedAt ?? at, settings, recipe.optimiser),
      about: "Then reset, or go back some steps, and play on.",
      step: { ...step, verdict: "diverged" },
    };
  }
  const about = `Step ${formatCount(at)}, batch of ${formatCount(history.value("batch", at))}: ${verdictReason(step, recipe.optimiser)}`;
  return { halves: verdictSentence(step, recipe.optimiser), about, step };
}

function spokenOf(session: Session): string {
  return textOf(sentenceOf(session).halves);
}

function summaryOf(session: Session): string {
  return recentText(recentSteps(session.history()));
}
