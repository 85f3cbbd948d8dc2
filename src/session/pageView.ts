import { createStore, type StoreApi } from "zustand/vanilla";
import { sceneCharts } from "../core/lesson/lesson";
import type { RunState } from "./state";

/** How much of the run's end the time axes follow: the whole run, or its last so many steps. */
export type Span = "run" | number;

/** Steps on the time axes, ends included; not necessarily whole. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** What is being pointed at: emphasised at each place of the page where it is drawn or written. */
export type Quantity = "alphaStar" | "slope" | "curvature" | "lr" | "loss" | "direction";

/** The charts that presenting mode can show, in the order of the keys 1 to 7. */
export const presentedCharts = sceneCharts;
export type PresentedChart = (typeof presentedCharts)[number];

/** `system` follows the device. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What the reader looks at, shared by every panel. No part of the run; changes at the pace of a hand. */
export interface PageView {
  /** The step that every panel reads; null reads the latest. */
  readonly cursor: number | null;
  /** null is live: the time axes follow the run, as `span` says. */
  readonly zoom: Zoom | null;
  readonly span: Span;
  /** The parameter whose own arithmetic is shown: its index in the flat θ. */
  readonly picked: number;
  readonly emphasis: Quantity | null;
  /** For a room: only the sentence, the ruler and one chart, large. */
  readonly presenting: boolean;
  readonly presentedChart: PresentedChart;
  readonly theme: Theme;
  setCursor(step: number | null): void;
  setZoom(zoom: Zoom | null): void;
  /** Chooses what to follow, and follows it. */
  setSpan(span: Span): void;
  setPicked(parameter: number): void;
  setEmphasis(quantity: Quantity | null): void;
  setPresenting(presenting: boolean): void;
  setPresentedChart(chart: PresentedChart): void;
  setTheme(theme: Theme): void;
}

/** The view of one session. What a shorter run does not have any more, it lets go of. */
export function createPageView(run: Pick<StoreApi<RunState>, "subscribe">): StoreApi<PageView> {
  const view = createStore<PageView>()((set) => ({
    cursor: null,
    zoom: null,
    span: "run",
    picked: 0,
    emphasis: null,
    presenting: false,
    presentedChart: "alpha",
    theme: "system",
    setCursor: (cursor) => set({ cursor }),
    setZoom: (zoom) => set({ zoom }),
    setSpan: (span) => set({ span, zoom: null }),
    setPicked: (picked) => set({ picked }),
    setEmphasis: (emphasis) => set({ emphasis }),
    setPresenting: (presenting) => set({ presenting }),
    setPresentedChart: (presentedChart) => set({ presentedChart }),
    setTheme: (theme) => set({ theme }),
  }));
  run.subscribe(({ step, recipe }, before) => {
    const { cursor, zoom } = view.getState();
    if (cursor !== null && cursor > step) view.setState({ cursor: null });
    if (zoom && zoom.from > step) view.setState({ zoom: null });
    if (shape(recipe) !== shape(before.recipe)) view.setState({ picked: 0 });
  });
  return view;
}

const shape = ({ inputs, hidden, outputs }: RunState["recipe"]) => [inputs, ...hidden, outputs].join("-");
