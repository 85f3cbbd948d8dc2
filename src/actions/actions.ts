import { goLive } from "../kit/timechart/navigate";
import { presentedCharts } from "../session/pageView";
import { present, stopPresenting } from "./presenting";
import { reporting, trying } from "./reporting";
import { share } from "./share";
import { speeds } from "./speeds";
import { nextTheme } from "./theme";
import type { Action, Page } from "./types";

const teaching = ({ session }: Page): boolean => session.lesson.getState().lesson !== null;

/** The one table of what can be done by button or key: tooltips, shortcuts and the help dialog read it. */
export const actions = {
  play: {
    key: " ",
    keyLabel: "space",
    label: "Play or pause",
    does: "Lets the training run, or stops it where it is.",
    run({ session }) {
      if (session.store.getState().phase === "playing") session.pause();
      else session.play();
    },
  },
  forward: {
    key: "ArrowRight",
    keyLabel: "→",
    label: "One step",
    does: "Pauses and takes one minibatch step.",
    run({ session }) {
      session.pause();
      reporting(session, session.advance(1));
    },
  },
  back: {
    key: "ArrowLeft",
    keyLabel: "←",
    label: "One step back",
    does: "Pauses and goes back to the step before.",
    run({ session }) {
      reporting(session, session.back());
    },
  },
  faster: {
    key: "f",
    keyLabel: "f",
    label: "Faster",
    does: "The next higher speed.",
    run({ session }) {
      const now = session.store.getState().speed;
      session.setSpeed(speeds.find((speed) => speed > now) ?? Number.POSITIVE_INFINITY);
    },
  },
  slower: {
    key: "s",
    keyLabel: "s",
    label: "Slower",
    does: "The next lower speed, down to one step a second.",
    run({ session }) {
      const now = session.store.getState().speed;
      session.setSpeed(speeds.findLast((speed) => speed < now) ?? speeds[0]);
    },
  },
  slowMotion: {
    key: "n",
    keyLabel: "n",
    label: "Slow motion",
    does: "Takes one step in seven phases, each lit up where it is drawn; again for the next phase, Escape to leave.",
    run({ slowMotion }) {
      const { phase, start, next } = slowMotion.getState();
      if (phase) next();
      else void start(!matchMedia("(prefers-reduced-motion: reduce)").matches);
    },
  },
  startOver: {
    key: "o",
    keyLabel: "o",
    label: "Start over",
    does: "Step 0 with the sliders as they stand; changes made on the way are folded in.",
    run({ session }) {
      reporting(session, session.startOver());
    },
  },
  reset: {
    key: "r",
    keyLabel: "r",
    label: "Reset",
    does: "Step 0 of the same run; changes made on the way come again at their steps.",
    run({ session }) {
      reporting(session, session.reset());
    },
  },
  end: {
    key: "End",
    keyLabel: "end",
    label: "To the last step",
    does: "After going back: on to the last step that this run has been at.",
    run({ session }) {
      const { step, known } = session.store.getState();
      if (known > step) reporting(session, session.seek(known));
    },
  },
  undo: {
    key: "z",
    chords: ["z"],
    keyLabel: "z",
    label: "Undo",
    does: "Takes back the last change of a setting: the run goes on from just before it, as if it had not been made.",
    run({ session }) {
      reporting(session, session.undo());
    },
  },
  redo: {
    key: "y",
    chords: ["y", "Z"],
    keyLabel: "y",
    label: "Redo",
    does: "Makes the change again that was taken back.",
    run({ session }) {
      reporting(session, session.redo());
    },
  },
  schedule: {
    key: "d",
    keyLabel: "d",
    label: "Schedule",
    does: "Sends the learning rate along a curve from the next step on: warm-up, cosine, steps, or drawn. Moving it ends that.",
    run(page) {
      page.openSchedule();
    },
  },
  pin: {
    key: "c",
    keyLabel: "c",
    label: "Pin to compare",
    does: "Keeps this run as it stands on every chart but the edge of stability, beside whatever comes next; four at most.",
    run({ session }) {
      trying(session, () => session.comparedRuns.getState().pin());
    },
  },
  share: {
    key: "k",
    keyLabel: "k",
    label: "Share",
    does: "Copies the address of this run: whoever opens it sees the same run, with every change at its step.",
    run({ session }) {
      void share(session);
    },
  },
  live: {
    key: "l",
    keyLabel: "l",
    label: "Back to live",
    does: "The charts over time follow the run again, after zooming (drag or wheel) or reading a step.",
    run({ session }) {
      goLive(session);
    },
  },
  present: {
    key: "p",
    keyLabel: "p",
    label: "Present",
    does: "Full screen for a room: the sentence, the ruler and one chart, large; again, or Escape, to leave.",
    run({ session }) {
      if (session.view.getState().presenting) stopPresenting(session);
      else present(session);
    },
  },
  chart: {
    key: "1",
    alsoKeys: presentedCharts.slice(1).map((_, i) => String(i + 2)),
    keyLabel: `1 – ${presentedCharts.length}`,
    label: "Choose the chart",
    does: "While presenting: the loss along d, α*, the loss, the norms of d, slope and curvature, the step ratio, or the edge of stability.",
    run({ session }, key = "1") {
      const chart = presentedCharts[Number(key) - 1];
      const { presenting, setPresentedChart } = session.view.getState();
      if (presenting && chart) setPresentedChart(chart);
    },
  },
  lecture: {
    key: "e",
    keyLabel: "e",
    label: "Lecture",
    does: "A lecture in scenes: a run each, with a few sentences and a question to the room; again to leave it.",
    run({ session }) {
      const { lesson, find, close } = session.lesson.getState();
      if (lesson) close();
      else void find("");
    },
  },
  nextScene: {
    key: "PageDown",
    alsoKeys: ["."],
    keyLabel: "page down",
    label: "Next scene",
    does: "In a lecture: the next scene; a clicker's key, too.",
    applies: teaching,
    run({ session }) {
      session.lesson.getState().next();
    },
  },
  previousScene: {
    key: "PageUp",
    alsoKeys: [","],
    keyLabel: "page up",
    label: "Scene before",
    does: "In a lecture: back to the scene before.",
    applies: teaching,
    run({ session }) {
      session.lesson.getState().previous();
    },
  },
  theme: {
    key: "t",
    keyLabel: "t",
    label: "Theme",
    does: "The system's colours, light, or dark; remembered for the next visit.",
    run({ session }) {
      const { theme, setTheme } = session.view.getState();
      setTheme(nextTheme(theme));
    },
  },
  probes: {
    key: "q",
    keyLabel: "q",
    label: "Probes",
    does: "Opens or closes the questions about the step that is looked at: other data, layers, directions, eigenvalues.",
    run({ session }) {
      const { open, setOpen } = session.probes.getState();
      // While presenting there is no place for the answers.
      if (!session.view.getState().presenting) setOpen(!open);
    },
  },
  help: {
    key: "?",
    keyLabel: "?",
    label: "Help",
    does: "Opens this list, with what α* is and is not.",
    run(page) {
      page.openHelp();
    },
  },
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;
