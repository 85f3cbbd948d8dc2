import { goLive } from "../kit/timechart/navigate";
import { presentedCharts } from "../session/view/pageView";
import { present, stopPresenting } from "./presenting";
import { notifyOnReject, notifyOnThrow } from "./reporting";
import { share } from "./share";
import { speeds } from "./speeds";
import { nextTheme } from "./theme";
import type { Action, Page } from "./types";

const hasLesson = ({ session }: Page): boolean => session.lesson.getState().lesson !== null;

/** The one table of actions: buttons, tooltips, keys and the help dialog are made from it. */
export const actions = {
  play: {
    key: " ",
    keyLabel: "space",
    label: "Play or pause",
    help: "Starts or pauses training.",
    run({ session }) {
      if (session.store.getState().phase === "playing") session.pause();
      else session.play();
    },
  },
  forward: {
    key: "ArrowRight",
    keyLabel: "→",
    label: "1 step",
    help: "Pauses and takes one minibatch step.",
    run({ session }) {
      session.pause();
      notifyOnReject(session, session.advance(1));
    },
  },
  back: {
    key: "ArrowLeft",
    keyLabel: "←",
    label: "1 step back",
    help: "Pauses and returns to the previous step.",
    run({ session }) {
      notifyOnReject(session, session.stepBack());
    },
  },
  faster: {
    key: "f",
    keyLabel: "f",
    label: "Faster",
    help: "Selects the next higher speed.",
    run({ session }) {
      const current = session.store.getState().speed;
      session.setSpeed(speeds.find((speed) => speed > current) ?? Number.POSITIVE_INFINITY);
    },
  },
  slower: {
    key: "s",
    keyLabel: "s",
    label: "Slower",
    help: "Selects the next lower speed, down to one step per second.",
    run({ session }) {
      const current = session.store.getState().speed;
      session.setSpeed(speeds.findLast((speed) => speed < current) ?? speeds[0]);
    },
  },
  slowMotion: {
    key: "n",
    keyLabel: "n",
    label: "Slow motion",
    help: "Shows one step in seven phases. Press again for the next phase, Escape to exit.",
    missing: "it has no phases of a step",
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
    help: "Restarts from step 0 with the current settings; recorded changes are removed.",
    run({ session }) {
      notifyOnReject(session, session.startOver());
    },
  },
  reset: {
    key: "r",
    keyLabel: "r",
    label: "Reset",
    help: "Returns to step 0 of the same run; recorded changes are replayed at their steps.",
    run({ session }) {
      notifyOnReject(session, session.reset());
    },
  },
  end: {
    key: "End",
    keyLabel: "end",
    label: "Last step",
    help: "Goes to the last measured step of this run.",
    run({ session }) {
      const { step, measuredSteps } = session.store.getState();
      if (measuredSteps > step) notifyOnReject(session, session.seek(measuredSteps));
    },
  },
  undo: {
    key: "z",
    chords: ["z"],
    keyLabel: "z",
    label: "Undo",
    help: "Undoes the last change of a setting; the run continues from just before the change.",
    run({ session }) {
      notifyOnReject(session, session.undo());
    },
  },
  redo: {
    key: "y",
    chords: ["y", "Z"],
    keyLabel: "y",
    label: "Redo",
    help: "Repeats the undone change.",
    run({ session }) {
      notifyOnReject(session, session.redo());
    },
  },
  schedule: {
    key: "d",
    keyLabel: "d",
    label: "Schedule",
    help: "Sets a learning-rate schedule from the next step on; moving the learning rate ends the schedule.",
    missing: "its settings cannot change",
    run(page) {
      page.openSchedule();
    },
  },
  experiments: {
    key: "x",
    keyLabel: "x",
    label: "Experiments",
    help: "Opens experiments beside the run: a range test of the learning rate, and sweeps over settings and seeds.",
    missing: "no experiment can be trained",
    run(page) {
      page.openExperiments();
    },
  },
  pin: {
    key: "c",
    keyLabel: "c",
    label: "Pin to compare",
    help: "Keeps this run on the charts for comparison (at most four runs; not on the edge of stability).",
    run({ session }) {
      notifyOnThrow(session, () => session.comparedRuns.getState().pin());
    },
  },
  share: {
    key: "k",
    keyLabel: "k",
    label: "Share",
    help: "Copies a link that opens this run, with every change at its step.",
    run({ session }) {
      void share(session);
    },
  },
  live: {
    key: "l",
    keyLabel: "l",
    label: "Back to live",
    help: "Shows the latest steps on the time charts again, after zooming or reading a step.",
    run({ session }) {
      goLive(session);
    },
  },
  present: {
    key: "p",
    keyLabel: "p",
    label: "Present",
    help: "Presentation mode: full screen with verdict, ruler and one chart. Press again or Escape to exit.",
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
    help: "In presentation mode, selects the chart: loss along d, α*, loss, norms of d, slope and curvature, step ratio, edge of stability, noise scale, or fit.",
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
    help: "Opens the built-in lesson: scenes with a run, a text and a question each. Press again to close.",
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
    help: "In a lesson, shows the next scene. Presentation remotes send this key, too.",
    applies: hasLesson,
    run({ session }) {
      session.lesson.getState().next();
    },
  },
  previousScene: {
    key: "PageUp",
    alsoKeys: [","],
    keyLabel: "page up",
    label: "Previous scene",
    help: "In a lesson, shows the previous scene.",
    applies: hasLesson,
    run({ session }) {
      session.lesson.getState().previous();
    },
  },
  theme: {
    key: "t",
    keyLabel: "t",
    label: "Theme",
    help: "Switches between the system's colours, light and dark; the browser stores the choice.",
    run({ session }) {
      const { theme, setTheme } = session.view.getState();
      setTheme(nextTheme(theme));
    },
  },
  probes: {
    key: "q",
    keyLabel: "q",
    label: "Probes",
    help: "Opens or closes detailed measurements of the selected step: other data, layers, directions, eigenvalues.",
    run({ session }) {
      const { open, setOpen } = session.probes.getState();
      // Presentation mode does not show the probes.
      if (!session.view.getState().presenting) setOpen(!open);
    },
  },
  fit: {
    key: "g",
    keyLabel: "g",
    label: "Fit",
    help: "Shows the network as a function over the rows, before and after the step; again: the α* chart.",
    run({ session }) {
      const { presenting, fitOpen, setFitOpen, setPresentedChart } = session.view.getState();
      if (presenting) setPresentedChart("fit");
      else setFitOpen(!fitOpen);
    },
  },
  help: {
    key: "?",
    keyLabel: "?",
    label: "Help",
    help: "Opens the help: the meaning of α*, keys and quantities.",
    run(page) {
      page.openHelp();
    },
  },
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;
