import { useId } from "react";
import { notifyOnReject } from "../../actions/reporting";
import { greedyStep } from "../../core/history/alpha";
import { type Metric, metrics } from "../../core/history/metrics";
import { recentSteps } from "../../core/history/recentSteps";
import { optimisers } from "../../core/recipe/optimisers";
import { settingsAt } from "../../core/recipe/recipe";
import { SaveImage } from "../../kit/chart/SaveImage";
import { useRun } from "../../kit/hooks/useRun";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import { formatCount } from "../../kit/text/format";
import { Hint } from "../../kit/ui/Hint";
import type { Session } from "../../session/session";
import { MarksMenu } from "./marks/MarksMenu";
import { recentText } from "./recentText";
import { Ruler } from "./ruler/Ruler";
import type { MarkedStep } from "./ruler/RulerMarks";
import { VerdictCounts } from "./VerdictCounts";
import { divergedSentence, type Lines, textOf, verdictReason, verdictSentence } from "./verdictText";
import "./verdict.css";

interface Sentence {
  readonly lines: Lines;
  /** The line below: the step and the reason. */
  readonly about: string;
  /** The step marked on the ruler. */
  readonly step: MarkedStep | null;
}

const help = [
  `α*: ${metrics.alphaStar.help}`,
  `Hollow mark and outline: ${metrics.nextAlphaStar.help}`,
  `±, the bar across α*: ${metrics.alphaStarError.help}`,
  `lr: ${metrics.lr.help}`,
];

/** Least time between two announcements to screen readers, in ms. */
const spokenInterval = 10_000;

/** The step taken and the best step: as a sentence in large type, and on the ruler. */
export function VerdictPanel({ session }: { readonly session: Session }) {
  const playing = useRun(session, ({ phase }) => phase === "playing");
  const { lines, about, step } = useSnapshot(session, sentenceOf, 0, "text", session.shown);
  const spoken = useSnapshot(session, spokenOf, playing ? spokenInterval : 0, "text");
  const summary = useSnapshot(session, summaryOf, playing ? spokenInterval : 0, "text");
  const id = useId();

  /** Reports a refused learning rate as a notice. */
  function change(lr: number): Promise<void> {
    const done = session.drag({ lr });
    notifyOnReject(session, done);
    return done.catch(() => {});
  }

  return (
    <section className="card verdict" data-phase="alphaStar step" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="visually-hidden">
        Verdict
      </h2>
      <p className="sentence" key={textOf(lines)}>
        {lines.map((pieces) => (
          <span key={textOf([pieces])} className="line">
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
        <MarksMenu session={session} />
        <Hint about="the best step" texts={help} />
        <SaveImage session={session} title="Verdict" file="ruler" />
      </div>
      <div className="hero">
        <Ruler session={session} step={step} change={change} settle={session.endDrag} describedBy={`${id}-summary`} />
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

const plain = (text: string): Lines => [[{ text }]];

function sentenceOf(session: Session): Sentence {
  const { phase, settings, recipe, recording, divergedAt } = session.store.getState();
  const name = recording?.optimiser ?? optimisers[recipe.optimiser].label;
  const history = session.history();
  const { step: shown } = session.shown.getState();
  const verdict = history.verdict(shown);
  if (phase === "starting") return { lines: plain("Starting the engine."), about: "", step: null };
  if (phase === "failed") {
    return { lines: plain("The engine has stopped."), about: "The error message gives the reason.", step: null };
  }
  if (!verdict) {
    const about = "Press Play, or take one step, to see the best step α* on the ruler.";
    return { lines: plain(`How far should ${name} step?`), about, step: null };
  }
  const value = (metric: Metric) => history.value(metric, shown);
  const nextVerdict = history.nextVerdict(shown);
  const settingsThen = settingsAt(recipe, shown);
  const greedy = greedyStep(settingsThen, verdict, value("slope"), value("curvature"), value("gaussNewton"));
  const step: MarkedStep = {
    verdict,
    alphaStar: value("alphaStar"),
    error: value("alphaStarError"),
    next: nextVerdict && { verdict: nextVerdict, alphaStar: value("nextAlphaStar") },
    taken: value("stepTaken"),
    rule: greedy === null ? "lr" : settingsThen.rule,
  };
  if (divergedAt !== null || verdict === "diverged") {
    return {
      lines: divergedSentence(divergedAt ?? shown, settings, recipe.optimiser),
      about: "Then reset, or go back to an earlier step, and play.",
      step: { ...step, verdict: "diverged" },
    };
  }
  const about = `Step ${formatCount(shown)}, batch of ${formatCount(value("batch"))}: ${verdictReason(step, recipe.optimiser, name)}`;
  return { lines: verdictSentence(step, recipe.optimiser, name), about, step };
}

function spokenOf(session: Session): string {
  return textOf(sentenceOf(session).lines);
}

function summaryOf(session: Session): string {
  return recentText(recentSteps(session.history()));
}
