import { isTracker } from "../../core/recipe/trackers";
import type { EngineKind } from "../../engine/engine";
import { type PresentedChart, presentedCharts } from "./pageView";

/** View parameters of the address, `?engine=cpu&embed&chart=loss&theme=dark&paused`. They are no part of the run. */
export interface View {
  /** Forces an engine; null lets the worker choose. */
  readonly engine: EngineKind | null;
  /** Whether the next minibatch judges every step. */
  readonly judged: boolean;
  /** Layout for a frame in another page: the ruler, one chart and the transport, without keyboard shortcuts. */
  readonly embed: boolean;
  /** The chart of the embedded page and of presentation mode; null is the default. */
  readonly chart: PresentedChart | null;
  /** null follows the system. */
  readonly theme: "dark" | "light" | null;
  /** Opens paused instead of playing. */
  readonly paused: boolean;
  /** A lesson file in the page's folder; empty for the built-in lecture, null for no lesson. */
  readonly lesson: string | null;
  /** The part of the lesson that is shown; null shows all scenes. */
  readonly part: string | null;
  /** The scene to begin with, from 1, counted within the part; null is the first. */
  readonly scene: number | null;
  /** A sweep as text (`core/experiment/sweepText.ts`), whose dialog opens; null for none. */
  readonly sweep: string | null;
}

const choices = {
  engine: ["webgl", "cpu"],
  judge: ["on", "off"],
  theme: ["dark", "light"],
  chart: presentedCharts,
} as const;
const flags = ["embed", "paused"] as const;
const allowed: readonly string[] = [...Object.keys(choices), ...flags, "lesson", "part", "scene", "sweep"];

/** Parses the view parameters. Never throws: parameters that cannot be used are named in `errors`. */
export function parseView(search: string): { view: View; errors: string[] } {
  const query = new URLSearchParams(search);
  const errors: string[] = [];
  for (const key of new Set(query.keys())) {
    if (!allowed.includes(key) && !isTracker(key))
      errors.push(`?${short(key)} in the address: unknown; allowed: ${allowed.join(", ")}`);
  }
  const choice = <K extends keyof typeof choices>(key: K): (typeof choices)[K][number] | null => {
    const value = query.get(key);
    const chosen = choices[key].find((option) => option === value) ?? null;
    if (value !== null && chosen === null) {
      errors.push(`?${key} in the address: found “${short(value)}”; allowed: ${choices[key].join(", ")}`);
    }
    return chosen;
  };
  const flag = (key: (typeof flags)[number]): boolean => {
    const value = query.get(key);
    if (value === null || value === "false" || value === "0") return false;
    if (!["", "true", "1"].includes(value)) {
      errors.push(`?${key} in the address: found “${short(value)}”; allowed: no value. The parameter counts as set.`);
    }
    return true;
  };
  const scene = (): number | null => {
    const value = query.get("scene");
    if (value === null || /^[1-9]\d{0,2}$/.test(value)) return value === null ? null : Number(value);
    errors.push(`?scene in the address: found “${short(value)}”; allowed: whole numbers from 1`);
    return 1;
  };
  return {
    view: {
      engine: choice("engine"),
      judged: choice("judge") !== "off",
      embed: flag("embed"),
      chart: choice("chart"),
      theme: choice("theme"),
      paused: flag("paused"),
      lesson: query.get("lesson"),
      part: query.get("part"),
      scene: scene(),
      sweep: query.get("sweep"),
    },
    errors,
  };
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
