import { createStore, type StoreApi } from "zustand/vanilla";
import type { StepMarkName } from "../../core/history/stepMarks";
import { sceneCharts } from "../../core/lesson/lessonFormat";
import type { RunState } from "../state";

/** The range of the time axes during training: the whole run, or this number of latest steps. */
export type Span = "run" | number;

/** Range of steps of the time axes, ends included; not necessarily whole numbers. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** A quantity that can be emphasised at every place of the page where it is drawn or written. */
export type Quantity = "alphaStar" | "slope" | "curvature" | "lr" | "loss" | "direction";

/** The charts of presentation mode, in the order of the keys 1 to 9. */
export const presentedCharts = sceneCharts;
export type PresentedChart = (typeof presentedCharts)[number];

/** `system` follows the device. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The selections of the user, shared by all panels. They are no part of the run. */
export interface PageView {
  /** The selected step; null is the latest step. */
  readonly cursor: number | null;
  /** null: the time axes follow the run by `span`. */
  readonly zoom: Zoom | null;
  readonly span: Span;
  /** Index in θ of the parameter whose arithmetic is shown. */
  readonly picked: number;
  /** α of the parameters θ + αd that the panel Fit draws beside those of the step; null for none. */
  readonly trialAlpha: number | null;
  /** The step sizes that slice and ruler mark besides α*. */
  readonly stepMarks: readonly StepMarkName[];
  readonly emphasis: Quantity | null;
  /** Presentation mode: the verdict, the ruler and one chart, large. */
  readonly presenting: boolean;
  readonly presentedChart: PresentedChart;
  /** Whether the chart of the fit takes the place of the chart of α* on the page. */
  readonly fitOpen: boolean;
  readonly theme: Theme;
  setCursor(step: number | null): void;
  setZoom(zoom: Zoom | null): void;
  /** Sets the span and ends the zoom. */
  setSpan(span: Span): void;
  setPicked(parameter: number): void;
  setTrialAlpha(alpha: number | null): void;
  setStepMarks(names: readonly StepMarkName[]): void;
  setEmphasis(quantity: Quantity | null): void;
  setPresenting(presenting: boolean): void;
  setPresentedChart(chart: PresentedChart): void;
  setFitOpen(open: boolean): void;
  setTheme(theme: Theme): void;
}

/** Creates the view of a session. Cursor and zoom end when the run becomes shorter than they are. */
export function createPageView(run: Pick<StoreApi<RunState>, "subscribe">): StoreApi<PageView> {
  const view = createStore<PageView>()((set) => ({
    cursor: null,
    zoom: null,
    span: "run",
    picked: 0,
    trialAlpha: null,
    stepMarks: [],
    emphasis: null,
    presenting: false,
    presentedChart: "alpha",
    fitOpen: false,
    theme: "system",
    setCursor: (cursor) => set({ cursor }),
    setZoom: (zoom) => set({ zoom }),
    setSpan: (span) => set({ span, zoom: null }),
    setPicked: (picked) => set({ picked }),
    setTrialAlpha: (trialAlpha) => set({ trialAlpha }),
    setStepMarks: (stepMarks) => set({ stepMarks }),
    setEmphasis: (emphasis) => set({ emphasis }),
    setPresenting: (presenting) => set({ presenting }),
    setPresentedChart: (presentedChart) => set({ presentedChart }),
    setFitOpen: (fitOpen) => set({ fitOpen }),
    setTheme: (theme) => set({ theme }),
  }));
  run.subscribe(({ step, recipe }, previous) => {
    const { cursor, zoom } = view.getState();
    if (cursor !== null && cursor > step) view.setState({ cursor: null });
    if (zoom && zoom.from > step) view.setState({ zoom: null });
    if (shape(recipe) !== shape(previous.recipe)) view.setState({ picked: 0 });
  });
  return view;
}

const shape = ({ inputs, hidden, outputs }: RunState["recipe"]) => [inputs, ...hidden, outputs].join("-");
