import type { Case } from "../../core/files/case";
import { caseOf, type RunSoFar } from "../../core/files/runfile";
import { linkOf } from "../../core/recipe/link";
import { type Cell, cellsOf } from "../cells";
import { boundsOf } from "./bounds";
import { differenceMarkdown, recordedMarkdown, titleMarkdown, toleranceMarkdown } from "./cellTexts";
import { boundsCode, dataCode, type MeasuredStep, recordedCode, settingsCode } from "./code";
import body from "./notebook.py?raw";
import { optimiserCells } from "./optimiser";
import { withCellsAfter } from "./withCellsAfter";

/** The most steps that a notebook computes, for the sake of its running time and file size. */
const notebookSteps = 2000;
/** The steps that a notebook computes for a run at step 0; none of them is compared. */
const previewSteps = 100;
/** The first step whose probes a notebook compares. */
const earlyStep = 20;

/** Probes and scores of the page, of `stepsToMeasure`. */
export interface Measured {
  readonly steps: readonly MeasuredStep[];
  /** The cells that compute the same (`measuredCells.ts`, which the page loads when it makes a notebook). */
  cells(from: Case): readonly Cell[];
}

/** The steps whose probes and scores a notebook compares: an early step, which a chaotic run reaches within the bound, and its last step. */
export function stepsToMeasure({ history }: Pick<RunSoFar, "history">): number[] {
  const steps = [earlyStep, notebookSteps].map((step) => Math.min(step, history.length));
  return [...new Set(steps)].filter((step) => step > 0);
}

/**
 * The run as a PyTorch notebook (nbformat 4.5), self-contained: data, initial parameters, row orders, settings and edits;
 * the optimiser's direction, slope, curvature and α* in plain PyTorch; and a last cell that compares these with the browser's
 * measurements and fails if a difference exceeds its stated bound.
 *
 * @param measured the page's probes and scores; without them the notebook has neither
 * @throws RangeError if the steps have more shuffled epochs than a case can list
 */
export function notebookOf(
  { recipe, start, history, engine, app }: RunSoFar,
  measured: Measured | null = null,
): string {
  const recorded = Math.min(history.length, notebookSteps);
  const from = caseOf(recipe, start, recorded || previewSteps);
  const facts = {
    engine,
    app,
    link: linkOf(recipe),
    taken: history.length,
    recorded,
    measured: measured !== null,
  };
  const bounds = boundsOf[engine];
  const cells = cellsOf(body, {
    title: titleMarkdown(from, facts),
    "settings-code": settingsCode(from, recipe, bounds.rounding),
    "data-code": dataCode(from),
    recorded: recordedMarkdown(facts),
    "recorded-code": recordedCode(history, recorded, measured?.steps ?? []),
    difference: differenceMarkdown(engine),
    compare: toleranceMarkdown(facts),
    "bounds-code": boundsCode(bounds),
  });
  const withUpdate = withCellsAfter(cells, "loss-code", optimiserCells(recipe.optimiser));
  const notebook = {
    cells: withCellsAfter(withUpdate, "plot-code", measured?.cells(from) ?? []),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
