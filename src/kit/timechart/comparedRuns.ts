import type { Case } from "../../core/files/case";
import type { History } from "../../core/history/history";
import { settingsApart, stepsAlike } from "../../core/recipe/difference";
import { type Edit, type Recipe, settingsAt } from "../../core/recipe/recipe";
import type { ComparedRun } from "../../session/compare/comparedRuns";
import type { Session } from "../../session/session";
import type { RunState } from "../../session/state";
import type { ReadingLine } from "../chart/Reading";
import { extentOf, type Row } from "../chart/rows";
import { formatNumber } from "../text/format";
import { comparedStroke, type Stroke } from "../text/palette";
import { changesText } from "./edits";

/** A run that is drawn beside the one that trains. */
export interface DrawnRun extends Stroke {
  /** Names its series in rows. */
  readonly key: string;
  readonly name: string;
  readonly history: History;
}

/** A run's line over time. */
export interface ComparedLine {
  readonly key: string;
  /** Each with a `value`. */
  readonly rows: readonly Row[];
  readonly look: ReturnType<typeof lookOf>;
}

/** How a run's line is drawn, on every chart that has one. */
export const lookOf = ({ colour, dash }: Stroke) =>
  ({ stroke: colour, strokeWidth: 1.6, strokeDasharray: dash }) as const;

/** The lines of all runs drawn beside the run, made of each one's history. */
export function comparedLines(session: Session, rowsOfRun: (history: History) => readonly Row[]): ComparedLine[] {
  return drawnRuns(session).map((run) => ({ key: run.key, rows: rowsOfRun(run.history), look: lookOf(run) }));
}

/** Other runs may widen an axis by this factor: one that has diverged must not make this one a line on the floor. */
const widest = 100;

/** The extent of a chart's own values, widened for lines of other runs as far as that leaves this run in sight. */
export function extentWith(lines: readonly ComparedLine[], [min, max]: readonly [number, number]): [number, number] {
  const [least, most] = extentOf(
    lines.flatMap(({ rows }) => rows),
    ["value"],
  );
  if (!(max >= min)) return [least, most];
  const reach = widest * Math.max(Math.abs(min), Math.abs(max));
  return [Math.min(min, Math.max(least, min > 0 ? min / widest : -reach)), Math.max(max, Math.min(most, reach))];
}

/** What is drawn beside the run: its own future where it has gone back, and its comparedRuns. */
export function drawnRuns(session: Session): DrawnRun[] {
  const history = session.history();
  const run = session.store.getState();
  const ahead = history.known > history.length ? [{ key: "ahead", name: "ahead", history: history.whole }] : [];
  const comparedRuns = session.comparedRuns.getState().comparedRuns.map((comparedRun) => ({
    key: `compared-run-${comparedRun.id}`,
    name: comparedRunName(comparedRun, run),
    history: comparedRun.history(),
    ...strokeOf(comparedRun),
  }));
  return [...ahead.map((own) => ({ ...own, ...comparedStroke(null) })), ...comparedRuns];
}

export const strokeOf = ({ kind, place }: ComparedRun): Stroke => comparedStroke(kind === "branch" ? null : place);

/** The last step that any run drawn has: so far the time axes reach. */
export function longest(session: Session): number {
  const comparedRuns = session.comparedRuns.getState().comparedRuns.map((comparedRun) => comparedRun.history().length);
  return Math.max(session.history().known, ...comparedRuns);
}

/** What a comparedRun has that the run has not: “lr 0.01, β₁ 0.5”, “lr 0.001 from step 120”, “other data”. */
export function comparedRunName(
  comparedRun: Pick<ComparedRun, "recipe" | "case">,
  run: Pick<RunState, "recipe" | "case">,
): string {
  const data = sameCase(comparedRun.case, run.case) ? "" : "other data";
  const settings = settingsName(comparedRun.recipe, run.recipe);
  return [data, settings].filter(Boolean).join(", ") || "the same recipe";
}

/** Looked at with every redraw: texts are compared, and lists of row orders only counted. */
function sameCase(a: Case | null, b: Case | null): boolean {
  if (a === b || !a || !b) return a === b;
  const arrays = ({ x, y, weights, biases }: Case) => [x, y, ...weights, ...biases];
  const others = arrays(b);
  return arrays(a).every((text, i) => text === others[i]) && a.order?.length === b.order?.length;
}

function settingsName(recipe: Recipe, run: Recipe): string {
  const apart = settingsApart(recipe, run);
  if (apart.length > 0) return changesText(Object.fromEntries(apart.map((key) => [key, recipe[key]])));
  const alike = stepsAlike(recipe, run);
  if (alike === Number.POSITIVE_INFINITY) return "";
  const step = alike + 1;
  const [own, other] = [settingsAt(recipe, step), settingsAt(run, step)];
  const keys = Object.keys(own) as (keyof typeof own)[];
  const changed = Object.fromEntries(keys.filter((key) => own[key] !== other[key]).map((key) => [key, own[key]]));
  return `${changesText(changed as Partial<Edit>)} from step ${step}`;
}

/** What the comparedRuns measured at a step, for the reading at the cursor. */
export function readComparedRuns(
  session: Session,
  step: number,
  value: (history: History, step: number) => number,
): ReadingLine[] {
  return drawnRuns(session)
    .filter(({ key, history }) => key !== "ahead" && step <= history.length)
    .map(({ name, history, colour }) => ({ label: name, value: formatNumber(value(history, step), 4), colour }));
}
